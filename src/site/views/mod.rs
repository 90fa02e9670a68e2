//! Views: what templates and posters see, and nothing else.
//!
//! One file a kind. A view holds words that are ready to be shown, in one language, with dates written out
//! and links made; it holds no ids to look up and nothing to compute. All views are plain data, so that an
//! artifact is a function of its view and its template.

mod accessibility;
mod activity;
mod add_session;
mod archive;
mod area;
mod calendar;
mod centre;
mod changes;
mod data;
mod display;
mod duty;
mod event;
mod farewell;
mod feedback;
mod frame;
mod home;
mod hours;
mod lists;
mod live;
mod map;
mod moved;
mod network;
mod notice;
mod outreach;
mod page;
mod parts;
mod pattern;
mod policy;
mod programme;
mod public_site;
mod search;
mod share;
mod shared;
#[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only who prints looks at all of a sheet"))]
mod sheets;
mod site_map;
mod structured;
mod subscription;
mod switch;
mod team;
mod week;

pub use accessibility::AccessibilityView;
pub use activity::{ActivityView, NextSession};
pub use add_session::AddSession;
pub use archive::{ArchiveItem, ArchiveView};
pub use area::{AreaCard, AreaView, StatusView};
pub use calendar::{CalendarView, HolidayView, YearView};
pub use centre::{
    AmenityView, CentreCard, CentreView, DocumentView, NearView, ProgrammeOnPage, ServiceView, TellUsView,
};
pub use changes::{ChangesView, MonthOfChanges, NewsItem};
pub use data::{DataFamily, DataFile, DataOutput, DataView, Offered};
pub use display::{DisplayDay, DisplayNotice, DisplayOpening, DisplaySession, DisplayView};
pub use duty::{DutyView, ResidentView, TurnView};
pub use event::{EventCard, EventView, ZoneView};
pub use farewell::{FarewellPart, FarewellView};
pub use feedback::{FeedbackView, ItemView, RaisedView, TopicView};
pub use frame::{Alternate, FeedLink, FooterLine, Frame, SiteView};
pub use home::{CentreGroup, CountedLink, HomeView, PageCard};
pub use hours::{DayRow, HoursRow, HoursView, SeasonView, ShortHours, SoonDay};
pub use lists::{
    AreaList, CentreList, DutyList, EventList, FeedbackList, LISTS, NoticeList, OutreachList, PolicyList,
    ProgrammeCard, ProgrammeList, StatusMeaningView, TeamList,
};
pub use map::{MapView, ScaleView, SignView};
pub use moved::MovedView;
pub use network::{NetworkArea, NetworkPlace, NetworkView};
pub use notice::{MeetingView, NoticeCard, NoticeView};
pub use outreach::{OutreachView, StopView};
pub use page::PageView;
pub use parts::{ContactView, DateText, FigureView, Link, Local, PhoneView, PictureSize, PictureView, SourceView};
pub use policy::{AmountView, PolicyCard, PolicyView};
pub use programme::{BoardRow, ChangeView, DayHead, ProgrammeCentre, ProgrammeView, SessionView, ValidView};
pub use public_site::{MarkLine, PublicSiteView};
pub use search::{Letter, LetterView, SearchView, Title};
pub use shared::{CentreCards, Shared};
pub use sheets::ValidText;
pub use sheets::{
    Block, Download, PosterCard, PosterFile, PosterGroup, PosterList, PosterSheet, Preview, Run, SheetView,
};
pub use site_map::{SiteMapPart, SiteMapView};
pub use subscription::Subscription;
pub use switch::{Elsewhere, Switch, SwitchItem};
pub use team::{Led, TeamCard, TeamView};
pub use week::{DayView, SessionRow, WeekView};

pub(crate) use accessibility::accessibility;
pub(crate) use activity::activity;
pub(crate) use archive::{ArchiveOf, archive, archive_years};
pub(crate) use area::area;
pub(crate) use calendar::calendar;
pub(crate) use centre::{amenity_name, centre};
pub(crate) use changes::changes;
pub(crate) use data::{DICTIONARY, card_path, data, timetable_path};
pub(crate) use display::{display, has_display};
pub(crate) use duty::duty;
pub(crate) use event::event;
pub(crate) use farewell::farewell;
pub(crate) use feedback::feedback;
pub(crate) use frame::{FrameParts, frame, list_link, site};
pub(crate) use home::home;
pub(crate) use hours::{lines as hours_lines, not_announced, reason};
pub(crate) use lists::{
    PoliciesOf, areas, centres, events, exists as list_exists, notices, policies, programmes, registers, rosters,
    rounds, teams,
};
pub(crate) use live::words as live_words;
pub(crate) use moved::{moved, moved_short};
pub(crate) use network::network;
pub(crate) use notice::{
    banners, begun as notice_begun, concerns as notice_concerns, current as notice_current, notice,
};
pub(crate) use outreach::outreach;
pub(crate) use page::{page, pages_above};
pub(crate) use parts::kebab;
pub(crate) use pattern::days_in_words;
pub(crate) use policy::policy;
pub(crate) use programme::{WrittenChange, change as session_change, programme as programme_view, written_changes};
pub(crate) use search::{activity_line, letter, letter_path, letters, search};
pub(crate) use share::SharePicture;
#[cfg(feature = "posters")]
pub(crate) use share::ShareWords;
#[cfg(feature = "posters")]
pub(crate) use sheets::{
    LEAST_ARCHIVED, PREVIEW, Sheet, address_on_paper, archive_address, preview_path, sheet_file_name, stands_beside,
};
pub(crate) use sheets::{SheetIndex, centre_posters, has_sheets, posters, posters_page};
pub(crate) use sheets::{programme_sheet, sheets};
pub(crate) use site_map::site_map;
pub(crate) use structured::{Described, Subject, structured};
pub(crate) use subscription::{
    audience_calendar_name, calendar_name, hours_calendar_name, of_programme as calendars_of_activities,
    of_programmes_centre as calendars_of_centre,
};
pub(crate) use team::team;
pub(crate) use week::{WeekOf, WeekPart, week, week_pages};
