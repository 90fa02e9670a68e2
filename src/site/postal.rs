//! The province, the city and the postal code of a place, from the areas around it.

use super::{Index, Site};
use crate::content::{Area, AreaLevel, Id, Text};

/// What a postal address has beside street and number.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PostalParts<'a> {
    /// The province or autonomous region.
    pub(crate) province: Option<&'a Text>,
    /// The city.
    pub(crate) city: Option<&'a Text>,
    /// The district or county.
    pub(crate) district: Option<&'a Text>,
    /// The postal code.
    pub(crate) code: Option<&'a str>,
}

impl Index {
    /// The areas of these levels around an area, else what is written of it; the nearest counts.
    fn postal(&self, area: &Id<Area>) -> PostalParts<'_> {
        let mut found = PostalParts::default();
        for entry in self.lineage(area) {
            let written = entry.area.postal.as_ref();
            let name = |level: AreaLevel| (entry.area.level == level).then_some(&entry.area.name);
            let province = written.and_then(|postal| postal.province.as_ref());
            let city = written.and_then(|postal| postal.city.as_ref());
            found.province = name(AreaLevel::Province).or(province).or(found.province);
            found.city = name(AreaLevel::City).or(city).or(found.city);
            found.district = name(AreaLevel::District).or(found.district);
            found.code = written.and_then(|postal| postal.code.as_ref()).map(|code| code.as_str()).or(found.code);
        }
        found
    }
}

impl Site {
    /// What a postal address in an area has beside street and number.
    pub(crate) fn postal(&self, area: &Id<Area>) -> PostalParts<'_> {
        self.index.postal(area)
    }
}
