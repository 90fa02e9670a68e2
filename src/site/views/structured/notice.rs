//! A notice: `SpecialAnnouncement`, or `NewsArticle` for a report of what was done.

use super::things::{Reference, Thing, Writing};
use super::{audiences, id, images, language, local, organisation, place, publisher, site_id};
use crate::calendar::DayOrTime;
use crate::content::{Notice, NoticeKind, Record};
use crate::site::Edition;
use crate::site::views::frame::Frame;
use crate::site::views::parts::kebab;

/// A notice with what its page says.
pub(super) fn notice(edition: &Edition<'_>, record: &Record<Notice>, frame: &Frame) -> Thing {
    let notice = &record.value;
    let name = edition.local(&notice.title).text;
    let summary = Some(edition.local(&notice.summary).text);
    let posted = Some(day_or_instant(edition, notice.from));
    let category = edition.wording.term(&format!("notice-kind.{}", kebab(&notice.kind))).to_owned();
    let all = Writing {
        id: Some(id(edition, &record.id)),
        url: Some(frame.canonical.clone()),
        in_language: Some(language(edition)),
        identifier: notice.number.clone(),
        image: images(edition, &notice.pictures),
        publisher: Some(publisher(edition)),
        author: local(edition, notice.issuer.as_ref()).map(organisation),
        audience: audiences(edition, &notice.audience),
        spatial_coverage: notice.areas.iter().filter_map(|id| place::area(edition, id)).collect(),
        is_part_of: Some(Reference { id: site_id(edition) }),
        ..Writing::default()
    };
    let (index, records) = (&edition.site.index.centre, &edition.site.content.centres);
    let centres = notice.centres.iter().filter_map(|id| records.get(*index.get(id)?));
    match notice.kind {
        NoticeKind::Bulletin => Thing::NewsArticle(Writing {
            headline: Some(name.clone()),
            name,
            description: summary,
            date_published: posted,
            ..all
        }),
        NoticeKind::Notice | NoticeKind::Closure | NoticeKind::Meeting => Thing::SpecialAnnouncement(Writing {
            name,
            text: summary,
            category: Some(category),
            date_posted: posted,
            expires: notice.until.map(|until| day_or_instant(edition, until)),
            announcement_location: centres.map(|centre| place::brief(edition, centre)).collect(),
            ..all
        }),
    }
}

/// A day, or an instant with its offset.
fn day_or_instant(edition: &Edition<'_>, moment: DayOrTime) -> String {
    match moment.time {
        None => moment.date.to_string(),
        Some(time) => edition.site.instant(crate::calendar::at(moment.date, time)),
    }
}
