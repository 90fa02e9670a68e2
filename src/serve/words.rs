//! The words of the preview itself, in the language of messages.

use crate::diagnostics::Language;

/// What the pages and the script of the preview say.
#[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only sheets have files and sides"))]
pub(super) struct Words {
    pub(super) lang: &'static str,
    pub(super) title: &'static str,
    pub(super) loading: &'static str,
    pub(super) so_far: &'static str,
    pub(super) faulty: &'static str,
    pub(super) stands: &'static str,
    pub(super) open: &'static str,
    pub(super) hide: &'static str,
    pub(super) more: &'static str,
    pub(super) mend: &'static str,
    pub(super) lost: &'static str,
    pub(super) missing: &'static str,
    pub(super) file: &'static str,
    pub(super) side: &'static str,
}

/// The words in a language.
pub(super) fn words(language: Language) -> Words {
    match language {
        Language::ZhHans => Words {
            lang: "zh-Hans",
            title: "预览",
            loading: "正在读取网站，读完会自动显示。",
            so_far: "已读 {m} 个文件中的 {n} 个。",
            faulty: "内容有错，改好保存后会自动更新",
            stands: "后面是出错之前的页面。",
            open: "打开文件",
            hide: "先看页面",
            more: "还有 {count} 处，先改上面这些。",
            mend: "改法：",
            lost: "预览已停止。重新运行 noticeboard serve，页面会自动接上。",
            missing: "没有这一页。",
            file: "打开PDF文件",
            side: "第 {n} 页，共 {m} 页",
        },
        Language::En => Words {
            lang: "en",
            title: "Preview",
            loading: "The site is being read. It will be shown as soon as that is done.",
            so_far: " {n} of {m} files so far.",
            faulty: "The content has errors. Mend them and save: this goes away by itself",
            stands: "Behind this is the page as it was before.",
            open: "Open the file",
            hide: "Look at the page",
            more: "{count} more: mend those above first.",
            mend: "Mend: ",
            lost: "The preview has stopped. Run noticeboard serve again: the page will go on by itself.",
            missing: "There is no such page.",
            file: "Open the PDF",
            side: "Page {n} of {m}",
        },
    }
}
