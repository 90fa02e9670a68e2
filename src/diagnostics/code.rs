//! The stable codes of diagnostics.
//!
//! A code never changes its meaning and is never used again. NB01 is about files, NB02 about YAML, NB03
//! about values, NB04 about how records fit together, NB05 about what looks like a mistake, NB06 about the
//! theme and what is printed. The words for each stand in `catalogue/LANGUAGE.yaml`.
//! theme, NB08 about the preview and, from NB0830, about what is imported. The words for each stand in `catalogue/LANGUAGE.yaml`.

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The build does not go on.
    Error,
    /// The build goes on; somebody should look.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident;)*) => {
        /// The kind of a problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The stable id, e.g. `NB0206`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }

            /// Its name in the program, for formats that want one beside the id.
            pub fn name(self) -> &'static str {
                match self { $(Code::$name => stringify!($name),)* }
            }

            /// Whether it stops the build.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file's bytes are not UTF-8.
    NotUtf8 = "NB0101" Error;
    /// The file is larger than the limit.
    FileTooLarge = "NB0102" Error;
    /// The file could not be read.
    Unreadable = "NB0103" Error;
    /// A symbolic link leads outside the site's folder.
    LinkOutside = "NB0104" Error;
    /// No kind of content is kept under this name.
    UnknownFile = "NB0105" Error;
    /// A file name that cannot be an id.
    BadId = "NB0106" Error;
    /// Two files have one id.
    DuplicateId = "NB0107" Error;
    /// A Markdown file without front matter.
    NoFrontMatter = "NB0108" Error;
    /// Front matter that does not end.
    OpenFrontMatter = "NB0109" Error;
    /// The site's folder has no `site.yaml`.
    NoSiteFile = "NB0110" Error;
    /// A translation whose original does not exist.
    NoOriginal = "NB0111" Error;
    /// A file of a kind has the wrong ending.
    WrongEnding = "NB0112" Error;
    /// A translation with something that the original does not have.
    NotTranslatable = "NB0113" Error;
    /// A file among the pictures that is no picture which may be published.
    NotAPictureFile = "NB0114" Error;
    /// A folder deeper than folders are followed.
    FolderTooDeep = "NB0115" Error;
    /// What git leaves in a file where it could not merge.
    MergeMarks = "NB0116" Error;
    /// A full-width comma between items or pairs.
    FullWidthComma = "NB0117" Error;
    /// Another mark than `-` before an item of a list.
    FullWidthDash = "NB0118" Error;
    /// A full-width bracket round a list or group.
    FullWidthBracket = "NB0119" Error;
    /// Curly quotes where straight ones or none are meant.
    FullWidthQuote = "NB0120" Error;
    /// Full-width digits, letters or marks where half-width ones are meant.
    FullWidthSign = "NB0121" Error;
    /// A space that YAML does not take for one.
    OddSpace = "NB0122" Error;
    /// A character that nobody sees.
    InvisibleCharacter = "NB0123" Error;
    /// No space after the colon of a key.
    NoSpaceAfterColon = "NB0124" Error;
    /// No space after the dash of an item.
    NoSpaceAfterDash = "NB0125" Error;
    /// A colon and a space in a text without quotes.
    ColonInValue = "NB0126" Error;
    /// A text without quotes that begins with a sign of YAML.
    SignAtStart = "NB0127" Error;
    /// A `#` that makes the rest of a text a comment.
    HashInValue = "NB0128" Warning;
    /// Quotes that do not end.
    QuoteOpen = "NB0129" Error;
    /// Brackets that do not end.
    BracketOpen = "NB0130" Error;
    /// A line that is not indented as its neighbours.
    Misplaced = "NB0131" Error;
    /// The first item of a list on the line of its key.
    ListOnKeyLine = "NB0132" Error;
    /// A key that belongs into another structure.
    KeyElsewhere = "NB0133" Error;
    /// A key without a colon.
    NoColon = "NB0134" Error;
    /// A date in another form than is read.
    DateForm = "NB0135" Error;
    /// A time in another form than is read.
    TimeForm = "NB0136" Error;
    /// A heading that skips a level.
    HeadingJump = "NB0137" Warning;
    /// A link without words.
    EmptyLink = "NB0138" Warning;
    /// A table whose columns have no heads.
    TableWithoutHeads = "NB0139" Warning;
    /// A bold line where a heading is meant.
    BoldAsHeading = "NB0140" Warning;
    /// Text behind quotes or brackets that were meant as part of it.
    TextAfterQuote = "NB0141" Error;
    /// A weekday in another form than is read.
    WeekdayForm = "NB0142" Error;
    /// A number with words or marks in it.
    NumberForm = "NB0143" Error;
    /// Another word for `true` or `false` than is read.
    NotATruth = "NB0144" Error;
    /// Another line than `---` at an end of the front matter.
    FrontMatterLine = "NB0145" Error;
    /// A bracket that nothing opened.
    BracketUnopened = "NB0146" Error;
    /// A text that can be no id where another record is named.
    BadReference = "NB0147" Error;
    /// A key within marks of bold or brackets: `**时间**: `.
    KeyInMarks = "NB0148" Error;
    /// A key whose colon stands at the beginning of the next line.
    ColonOnNextLine = "NB0149" Error;
    /// No dash before an item whose keys stand below those of the item above.
    NoDash = "NB0150" Error;
    /// A yes, a no or nothing where words for residents are wanted.
    AnswerForText = "NB0151" Error;
    /// A date beside which stands the weekday of another.
    WeekdayDisagrees = "NB0152" Error;
    /// The site's folder has no `content`.
    NoContentFolder = "NB0153" Error;
    /// One item within brackets that full-width commas seem to part.
    CommaWithinItem = "NB0154" Warning;
    /// A file of an office program where texts are read.
    OfficeFile = "NB0155" Error;
    /// A dash in front of a key that begins no item.
    DashTooMany = "NB0156" Error;
    /// Days of an activity without a time.
    NoTime = "NB0157" Error;
    /// Every other week, without which.
    WhichWeeks = "NB0158" Error;
    /// Odd or even weeks without a weekday.
    NoWeekday = "NB0159" Error;
    /// Weekdays within brackets.
    WeekdaysInBrackets = "NB0160" Error;
    /// A bracket that ends what another kind of bracket began.
    BracketOther = "NB0161" Error;
    /// Characters in a text that nobody sees.
    HiddenInText = "NB0162" Warning;
    /// Rows of bars that are no table, since the rule below their heads lacks.
    RowsWithoutRule = "NB0163" Warning;
    /// Items on lines of their own that are shown in one line.
    LinesRunTogether = "NB0164" Warning;
    /// A numbered line where a heading is meant.
    NumberAsHeading = "NB0165" Warning;
    /// Blanks before a paragraph.
    IndentInText = "NB0166" Warning;
    /// A rule right below a text, which makes a heading of it.
    RuleBelowText = "NB0167" Warning;
    /// An address of the web that is no link.
    AddressNotLinked = "NB0168" Warning;
    /// Asterisks between digits that Markdown takes for emphasis.
    StarsTaken = "NB0169" Warning;

    /// The YAML cannot be read.
    YamlSyntax = "NB0201" Error;
    /// A tab where YAML wants spaces.
    Tab = "NB0202" Error;
    /// An alias that makes the file grow beyond the limit.
    TooManyAliases = "NB0203" Error;
    /// Nesting deeper than the limit.
    TooDeep = "NB0204" Error;
    /// The same key twice in one mapping.
    DuplicateKey = "NB0205" Error;
    /// A key that the kind does not have.
    UnknownKey = "NB0206" Error;
    /// A key that the kind needs.
    MissingKey = "NB0207" Error;
    /// A value of another type than the key wants.
    WrongType = "NB0208" Error;
    /// A word that is not among those the key takes.
    UnknownValue = "NB0209" Error;
    /// More than one YAML document in a file.
    SeveralDocuments = "NB0210" Error;
    /// A number outside its range.
    OutOfRange = "NB0211" Error;
    /// A value that the types refuse for a reason the reader could not place.
    Refused = "NB0212" Error;
    /// A full-width mark where YAML wants a half-width one.
    FullWidthMark = "NB0213" Error;
    /// A list that needs an item and has none.
    EmptyList = "NB0214" Error;
    /// A date without its year.
    NoYear = "NB0215" Error;
    /// Words that say that there is no end, where a date is asked for.
    NoEnd = "NB0216" Error;
    /// Several telephone numbers in one field.
    SeveralPhones = "NB0217" Error;
    /// A time of which it is not said when it ends.
    NoEndTime = "NB0218" Error;
    /// A remark that lacks its `#`.
    HashLacks = "NB0221" Error;
    /// A remark that a full-width `＃` begins, which is therefore shown to everybody.
    RemarkShown = "NB0222" Warning;
    /// A text behind a key below which a list stands.
    TextBeforeList = "NB0223" Error;
    /// Two keys on one line.
    KeyOnSameLine = "NB0219" Error;
    /// A file without anything in it.
    EmptyFile = "NB0220" Error;

    /// Not a date.
    NotADate = "NB0301" Error;
    /// A date that the calendar does not have.
    NoSuchDate = "NB0302" Error;
    /// A period that ends before it begins.
    DatesBackwards = "NB0303" Error;
    /// Not a time of day.
    NotATime = "NB0304" Error;
    /// A time beyond the day.
    TimeOutOfRange = "NB0305" Error;
    /// An interval that ends before it begins.
    TimesBackwards = "NB0306" Error;
    /// Two intervals of a day overlap.
    TimesOverlap = "NB0307" Error;
    /// Not a weekday.
    NotAWeekday = "NB0308" Error;
    /// A weekday named twice.
    WeekdayTwice = "NB0309" Error;
    /// Not a recurrence.
    NotAWhen = "NB0310" Error;
    /// Not a date with a time range.
    NotAMoment = "NB0311" Error;
    /// Not a month and day.
    NotAMonthDay = "NB0312" Error;
    /// Not a language tag.
    NotALanguage = "NB0313" Error;
    /// Not a web address.
    NotAWebAddress = "NB0314" Error;
    /// A time zone that does not exist.
    NoSuchTimeZone = "NB0315" Error;
    /// Not a telephone number.
    NotAPhone = "NB0316" Error;
    /// Not what happens on holidays.
    NotAHolidayRule = "NB0317" Error;
    /// A picture's file name that leads elsewhere.
    NotAPicture = "NB0318" Error;
    /// Text without a word in it.
    EmptyText = "NB0319" Error;
    /// More HTML tags in a Markdown body than are cleaned.
    TooMuchHtml = "NB0320" Error;
    /// Not a recurrence rule of RFC 5545.
    NotARule = "NB0321" Error;
    /// A recurrence rule with parts smaller than a day.
    RuleTooFine = "NB0322" Error;
    /// A recurrence rule that never moves on.
    RuleNeverMoves = "NB0323" Error;
    /// A recurrence rule whose parts contradict each other.
    RuleContradicts = "NB0324" Error;
    /// A recurrence rule that no date fulfils.
    RuleNeverFalls = "NB0325" Error;
    /// Opening hours in words that cannot be understood.
    NotHours = "NB0326" Error;
    /// A part of the OSM standard of opening hours that the calendar does not hold.
    OsmNotHeld = "NB0327" Error;
    /// Not a length of turns.
    NotATurn = "NB0328" Error;
    /// Not a civil date or a civil date and time.
    NotADayOrTime = "NB0329" Error;
    /// Quotes, lists or emphasis of a Markdown body nested deeper than the limit.
    MarkdownTooDeep = "NB0330" Error;
    /// Not the code of a country or of a part of one.
    NotARegion = "NB0331" Error;
    /// A part of the day that is not that of the hours beside it.
    PartOfDayDisagrees = "NB0332" Error;
    /// Days with a first one and no last.
    NoLastDay = "NB0333" Error;
    /// Not an address of the site.
    NotASitePath = "NB0340" Error;
    /// A picture with more pixels than can be held.
    PictureTooManyPixels = "NB0341" Error;
    /// A picture that cannot be read.
    PictureDamaged = "NB0342" Error;
    /// A picture with the place and camera in it, in a format from which they cannot be taken out.
    PictureKeepsPlace = "NB0343" Error;
    /// A picture in a text, without words for those who do not see it.
    PictureWithoutWords = "NB0344" Error;

    /// An id that no record has.
    UnknownReference = "NB0401" Error;
    /// Two records have one address.
    SameAddress = "NB0402" Error;
    /// A slot that the programme does not name.
    UnknownSlot = "NB0403" Error;
    /// Text in a language that the site does not have.
    LanguageNotOffered = "NB0404" Error;
    /// An area id used twice.
    AreaTwice = "NB0405" Error;
    /// A station that belongs to itself.
    PartOfItself = "NB0406" Error;
    /// A picture that is not there.
    NoPicture = "NB0407" Error;
    /// A link inside the site that leads nowhere.
    DeadLink = "NB0408" Error;
    /// An exception that says nothing.
    EmptyException = "NB0409" Error;
    /// The same year and region twice.
    CalendarTwice = "NB0410" Error;
    /// A day outside its calendar year.
    OutsideYear = "NB0411" Error;
    /// A closing notice that names no centre.
    ClosesNothing = "NB0412" Error;
    /// An exception that cancels a session and says something else about it too.
    CancelledAndMore = "NB0413" Error;
    /// A link within a page to something that the page does not have.
    DeadFragment = "NB0430" Error;
    /// A language that the site names twice.
    LanguageTwice = "NB0431" Error;
    /// A region for which there is no calendar, while there are calendars of others.
    NoCalendarOfRegion = "NB0432" Error;
    /// The same id for two activities of a programme.
    ActivityTwice = "NB0433" Error;
    /// An old address that is the address of a page, or an old address of another.
    AliasTaken = "NB0434" Error;
    /// A published address that the site would no longer have.
    AddressGone = "NB0435" Error;
    /// A line of the ledger that cannot be read.
    LedgerLine = "NB0438" Error;
    /// What git leaves in the ledger where it could not merge.
    LedgerMark = "NB0439" Error;
    /// Two lines of the ledger that say different things about the same.
    LedgerTwice = "NB0440" Error;
    /// A ledger that does not know what the content says.
    LedgerStale = "NB0441" Warning;
    /// An address that is to be given up and was never published, or is still there.
    NotGone = "NB0442" Error;
    /// Pages without a short address.
    ShortAddressLacking = "NB0443" Warning;
    /// Not the code of a short address.
    NotAShortCode = "NB0444" Error;
    /// A code of a short address on two lines that do not say the same.
    ShortCodeTwice = "NB0445" Error;
    /// A short address whose page is gone, with no other in its place and no farewell.
    ShortAddressLost = "NB0446" Error;
    /// A short address that is to lead to a page that is not there.
    ShortAddressTo = "NB0447" Error;
    /// A short address with both another page and a farewell.
    ShortAddressBoth = "NB0448" Error;
    /// A farewell of a page that is still there.
    FarewellUnseen = "NB0449" Warning;
    /// A published short address that the site would no longer have.
    ShortAddressGone = "NB0450" Error;
    /// A line of the list of what hangs that cannot be read.
    PrintedLine = "NB0451" Error;
    /// A sheet that is to be taken down and does not hang.
    NothingHangs = "NB0452" Error;
    /// Sheets that are to be noted, and none is named.
    NoSheetNamed = "NB0453" Error;
    /// A link or a picture in a text that says no address.
    NoTarget = "NB0454" Error;

    /// An exception on a day without a session.
    ExceptionWithoutSession = "NB0501" Warning;
    /// A session while its centre is closed.
    SessionWhileClosed = "NB0502" Warning;
    /// A policy that somebody should have looked at again by now.
    PolicyPastReview = "NB0503" Warning;
    /// The holidays of the coming year are not written down though they should be announced.
    NextYearUnknown = "NB0504" Warning;
    /// Two sessions in one room at the same time.
    RoomBookedTwice = "NB0505" Warning;
    /// Somebody who leads two sessions at the same time.
    LeaderBookedTwice = "NB0506" Warning;
    /// Days on which nobody is on duty.
    DutyGap = "NB0507" Warning;
    /// A season whose days all belong to seasons before it.
    SeasonNeverReached = "NB0508" Warning;
    /// An exception that was over long ago.
    ExceptionLongPast = "NB0509" Warning;
    /// A notice that closes a centre on a day on which its hours say that it is open.
    NoticeContradictsHours = "NB0510" Warning;
    /// A notice that closes a centre when it is closed anyway.
    ClosedAnyway = "NB0511" Warning;
    /// An activity without a day in its period.
    ActivityNeverHeld = "NB0512" Warning;
    /// An exception before or after the activity's period.
    ExceptionOutsidePeriod = "NB0513" Warning;
    /// An activity that follows the school terms, which nobody wrote down.
    SchoolHolidaysUnknown = "NB0514" Warning;
    /// A session that was moved or added outside the programme's period.
    SessionOutsidePeriod = "NB0515" Warning;
    /// A swap on a day on which nobody has a turn.
    SwapWithoutTurn = "NB0516" Warning;
    /// Words of the same meaning that are fewer than two.
    SynonymAlone = "NB0525" Warning;
    /// A programme without an activity.
    ProgrammeEmpty = "NB0526" Warning;
    /// Opening hours or a session that begin before dawn, where an afternoon may be meant.
    BeforeDawn = "NB0527" Warning;
    /// Two exceptions for one day, of which one would be passed over.
    TwoExceptions = "NB0528" Error;
    /// A line of a text that looks like Markdown and is read as plain words.
    MarkdownNotRead = "NB0529" Warning;
    /// The first language, which is always published, with `publish: false`.
    FirstLanguageOff = "NB0537" Warning;
    /// What the conventions of a public website ask for and the site does not say.
    ConventionsLacking = "NB0538" Warning;
    /// An identification code of a government website that is none.
    NotASiteCode = "NB0539" Warning;
    /// An urgent notice does not say until when it holds.
    UrgentWithoutEnd = "NB0540" Warning;

    /// The theme is not there.
    NoTheme = "NB0601" Error;
    /// A template that the theme does not have.
    NoTemplate = "NB0602" Error;
    /// A template that cannot be used.
    TemplateFault = "NB0603" Error;
    /// A poster that cannot be set.
    PosterFault = "NB0604" Error;
    /// A language of the site that the theme has no words for.
    NoInterface = "NB0606" Error;
    /// Characters that no font of the posters has.
    NoGlyph = "NB0607" Error;
    /// A part that a style sheet of the theme names and that is not there.
    NoStyle = "NB0608" Error;
    /// Two colours of the theme with less contrast than the theme promises.
    ContrastTooLow = "NB0609" Error;
    /// A contrast promised of something that is not a colour.
    NotAColour = "NB0610" Error;
    /// A line about contrast that cannot be read.
    ContrastNotUnderstood = "NB0611" Error;
    /// Colours of which no contrast is promised.
    NoContrast = "NB0612" Error;
    /// Not a size of paper.
    NotAPaper = "NB0613" Error;
    /// A sheet that is not made of records of this kind.
    SheetNotOfThis = "NB0614" Error;
    /// A sheet that does not fit on one side of its paper.
    SheetContinues = "NB0615" Warning;
    /// An address that is too long for a QR code.
    QrTooLong = "NB0616" Error;
    /// Type on a sheet that is smaller than its reading distance allows.
    TypeTooSmall = "NB0617" Error;
    /// Text on a sheet that is not whole on the paper.
    TextOutside = "NB0618" Error;
    /// A template of a sheet that takes longer or more memory than sheets may.
    SheetStopped = "NB0620" Error;
    /// A title that is too long to be read from where people stand.
    SheetTitleLong = "NB0621" Warning;
    /// A sheet of the program's own whose content is larger than its paper.
    PaperTooSmall = "NB0622" Error;
    /// A second language whose lines run downwards, for which a sheet has no room.
    NotBeside = "NB0623" Warning;
    /// Text on a sheet that stands on top of other text.
    TextOnTop = "NB0624" Warning;
    /// A handbook that holds no policy.
    HandbookEmpty = "NB0640" Warning;

    /// Not the address of a machine, for the preview to listen at.
    NotAHost = "NB0801" Error;
    /// Not a template of links that open an editor.
    NotAnEditorLink = "NB0802" Error;
    /// A QR code of an address that no phone can reach.
    OutOfReach = "NB0803" Error;
    /// Two cells of a workbook that were changed and contradict each other.
    CellsContradict = "NB0880" Error;
    /// A sheet or a column of an exported workbook that is gone.
    PartGone = "NB0881" Warning;
    /// What stands in an exported workbook and was not taken.
    CellNotTaken = "NB0882" Warning;
    /// An activity whose row is gone from an exported workbook.
    RowGone = "NB0883" Warning;
    /// A workbook with sheets of several programmes.
    SeveralProgrammes = "NB0884" Error;
    /// A workbook of an older state of its programme.
    ExportIsOld = "NB0885" Error;
    /// Not a code of this program.
    NotACode = "NB0870" Error;
    /// A file of a form that cannot be imported.
    NotImportable = "NB0830" Error;
    /// A file that holds more than is imported at once.
    SpreadsheetTooLarge = "NB0831" Error;
    /// A file that cannot be read as what it claims to be.
    SpreadsheetDamaged = "NB0832" Error;
    /// A sheet that the workbook does not have.
    NoSuchSheet = "NB0833" Error;
    /// Nothing in a file that could be a record.
    NothingToImport = "NB0834" Error;
    /// A text in a cell of which nobody knows what it is.
    CellNotUnderstood = "NB0835" Warning;
    /// An activity of which it cannot be told how often it takes place.
    HowOftenNotUnderstood = "NB0836" Warning;
    /// A part of the day of which no time is known.
    SlotWithoutTime = "NB0837" Error;
    /// An activity of which no time is known.
    ActivityWithoutTime = "NB0838" Error;
    /// Something that a record needs and the file does not say.
    ImportLacks = "NB0839" Error;
    /// A cell in which a formula failed.
    CellError = "NB0840" Warning;
    /// Cells with formulas, of which the last results are taken.
    FormulaResults = "NB0841" Warning;
    /// A hidden sheet, which is passed over.
    SheetHidden = "NB0842" Warning;
    /// What looks like a person's name where a role should stand.
    NameOfPerson = "NB0843" Warning;
    /// An activity that is no longer on the board.
    TakenOffBoard = "NB0844" Warning;
    /// A file that is there already.
    FileStands = "NB0845" Error;
    /// Texts whose translations stay as they were.
    TranslationMayBeOld = "NB0846" Warning;
    /// A text that is longer than a cell of a spreadsheet can hold.
    TooLongForCell = "NB0847" Error;
    /// A column of a list of which nobody knows what it is.
    ColumnUnknown = "NB0848" Warning;
    /// A row of a list without something that its record needs.
    RowLacks = "NB0849" Warning;
    /// A list of duty that no rotation gives.
    DutyIrregular = "NB0850" Error;
    /// A holiday of a notice that cannot be read or contradicts itself.
    HolidayNotUnderstood = "NB0851" Error;
    /// A schedule of another program that is not taken.
    ScheduleLeft = "NB0852" Warning;
    /// The hours of one year's dates, taken for those of a part of every year.
    SeasonFromDates = "NB0853" Warning;
    /// A sheet with hidden rows or columns.
    RowsHidden = "NB0854" Warning;
    /// A day of a list of holidays that is not taken.
    HolidayLeft = "NB0855" Warning;
    /// Cells of a board that say that something does not take place.
    CellStopped = "NB0856" Warning;
    /// Services of a directory that are not taken, and why.
    ServicesLeft = "NB0857" Warning;
    /// What services of a directory say that no record has a place for.
    ServiceFieldLeft = "NB0858" Warning;
    /// A schedule of another program without an end, of which only the dates until a day are taken.
    ScheduleWithoutEnd = "NB0859" Warning;
    /// A time of a spreadsheet that lies in the night, where an afternoon may be meant.
    TimeBeforeDawn = "NB0860" Warning;
    /// What a file has beyond the limits of what is read.
    ImportBeyondLimit = "NB0861" Warning;
    /// What a directory says and somebody should compare.
    DirectoryToLookOver = "NB0862" Warning;
    /// A table of a directory that is no text.
    TableUnreadable = "NB0863" Error;
    /// A file that is no directory, since it is no JSON or has nothing of one.
    NotADirectory = "NB0864" Error;
    /// Tables of a directory that are described and are not there.
    TableMissing = "NB0865" Warning;
    /// A row of a list names something that the site does not have, and cannot be without it.
    RowNameUnknown = "NB0866" Warning;
    /// A packed folder that is not read.
    PackedFolderRefused = "NB0867" Error;
    /// A record of a spreadsheet whose file another record of it has already.
    SameFileTwice = "NB0868" Warning;
    /// Text of a spreadsheet that is struck out and not read.
    StruckOut = "NB0869" Warning;
    /// A remark that is attached to a cell.
    CellRemark = "NB0871" Warning;
    /// An activity whose hours are not those of the part of the day in whose row it stands.
    HoursInOtherRow = "NB0872" Warning;
    /// Dates in a cell of a weekly board.
    DatesOnBoard = "NB0873" Warning;
    /// A cell of an exported board of which it cannot be told how many activities it holds.
    CellUnclear = "NB0874" Warning;
    /// What was written below an exported board and is a remark of the programme now.
    NoteTaken = "NB0875" Warning;
    /// A number in a column of texts.
    NumberInText = "NB0876" Warning;
    /// A workbook of the old form, of which remarks and struck-out text cannot be seen.
    OldSpreadsheet = "NB0878" Warning;
    /// A day without its year that lies outside the time for which its list holds.
    DateOutside = "NB0886" Warning;
    /// The title of a second board on a sheet.
    SecondTitle = "NB0887" Warning;
    /// A row of a list that is no record: a total, who drew it up, a remark.
    RowNoRecord = "NB0888" Warning;
    /// A telephone number that goes for another.
    PhoneReplaced = "NB0889" Warning;
    /// Telephone numbers that stay beside a new one.
    PhonesStay = "NB0890" Warning;
    /// The sheet of activities of an exported workbook without the others.
    DetailsAlone = "NB0891" Error;
    /// A session under a new name that has all that its activity has.
    LikeItsActivity = "NB0877" Warning;
    /// Activities of a programme that a board does not have and that go with it.
    ActivitiesGo = "NB0892" Warning;
    /// Comments of a file that go with what is written anew.
    CommentsGo = "NB0893" Warning;
    /// A list without a column for something that its records need.
    ListLacks = "NB0895" Warning;
    /// An activity that stands twice where it can take place once.
    StandsTwice = "NB0896" Warning;
    /// An activity of every month that was moved to another day, and keeps how often it takes place.
    DayFollows = "NB0897" Warning;
    /// Who made or checked a table, which is left out.
    Signature = "NB0894" Warning;
}
