//! What the makers of pages and of sheets say of a fault in a template, in Chinese; they say it in English only.
//!
//! What is met most is translated, with names and texts as they were written; the original stands behind it, for whoever
//! looks it up. What is not known stays as it is.

use crate::diagnostics::Problem;

/// What is said, `{}` for what is filled in, and what it is in Chinese, `{0}` for the first of these.
const SENTENCES: [(&str, &str); 59] = [
    // Tera.
    ("Variable `{}` exists but its value is undefined{}", "变量“{0}”没有值"),
    ("Variable `{}` is not defined.{}", "没有“{0}”这个变量"),
    ("Field `{}` is not defined{}", "没有“{0}”这个字段"),
    ("Unknown filter `{}`", "没有“{0}”这个过滤器"),
    ("Unknown test `{}`", "没有“{0}”这种判断"),
    ("Unknown function `{}`", "没有“{0}”这个函数"),
    ("Unknown component `{}`", "没有“{0}”这个组件"),
    ("Unknown template `{}`", "没有“{0}”这个模板"),
    ("Found {} but expected {}.", "这里写的是{0}，应当是{1}"),
    ("Found {} but was expecting {}.", "这里写的是{0}，应当是{1}"),
    ("Found {} but expected {}", "这里写的是{0}，应当是{1}"),
    ("Unexpected end of template{}", "模板没有写完"),
    ("Unclosed component '{}'", "组件“{0}”没有写结尾"),
    ("Closing tag '{}' doesn't match opening tag '{}'", "结尾的标签“{0}”和开头的“{1}”对不上"),
    ("Argument `{}` missing.", "缺少参数“{0}”"),
    ("Argument `{}` (type: `{}`) missing.", "缺少参数“{0}”（{1}）"),
    ("Keyword argument `{}` is defined more than once", "参数“{0}”写了不止一次"),
    ("Block `{}` is not defined in any parent template", "上级模板里没有“{0}”这一块"),
    ("Template already contains a block named `{}`", "“{0}”这一块写了不止一次"),
    ("Iteration not possible on type `{}`", "{0}不能用 for 一项一项地列"),
    ("Cannot compare `{}` with `{}`", "{0}和{1}不能相比"),
    ("Unable to perform {}", "算不出 {0}"),
    ("Cannot divide by 0", "不能除以零"),
    ("Tried to escape an undefined value", "要写出来的值没有定义"),
    ("{} can only be used in a for loop", "{0} 只能写在 for 里"),
    // Typst.
    ("unknown variable: {}", "没有“{0}”这个变量"),
    ("file not found (searched at {})", "没有这个文件：{0}"),
    ("file not found{}", "没有这个文件"),
    ("failed to load file{}", "这个文件读不出来"),
    ("expected {}, found {}", "应当是{0}，写的却是{1}"),
    ("expected {}", "这里应当是{0}"),
    ("unexpected argument: {}", "不认识参数“{0}”"),
    ("unexpected argument", "参数多了"),
    ("unexpected {}", "这里不该有{0}"),
    ("missing argument: {}", "缺少参数“{0}”"),
    ("unclosed delimiter", "括号没有写完"),
    ("unclosed string", "引号没有写完"),
    ("unclosed label", "标签没有写完"),
    ("unknown font family: {}", "没有“{0}”这种字体"),
    ("cannot add {} and {}", "{0}和{1}不能相加"),
    ("cannot join {} with {}", "{0}和{1}不能连在一起"),
    ("type {} has no method `{}`", "{0}没有“{1}”这个方法"),
    ("dictionary does not contain key {}", "字典里没有键 {0}"),
    ("array index out of bounds {}", "列表没有这么多项"),
    ("the character `{}` is not valid in code", "代码里不能写“{0}”"),
    ("maximum function call depth exceeded", "函数层层调用，停不下来"),
    ("condition is always true", "循环的条件一直成立，停不下来"),
    ("loop seems to be infinite", "循环停不下来"),
    ("cyclic import", "文件绕着圈互相引用"),
    ("panicked with: {}", "模板自己停下，说的是“{0}”"),
    ("package not found (searched for {})", "不能用网上的软件包：{0}"),
    ("path {} would escape the project root", "主题以外的文件读不到：{0}"),
    ("file is not valid UTF-8", "这个文件不是 UTF-8 编码"),
    ("unknown image format", "认不出这种图片"),
    ("the result is too large", "算出来的数太大"),
    ("cannot multiply {} with {}", "{0}和{1}不能相乘"),
    ("cannot compare {} and {}", "{0}和{1}不能相比"),
    (
        "PDF/UA-1 error: missing document title",
        "没有标题，读屏软件说不出这是哪一张（模板里写 #show: sheet.with(data)）",
    ),
    ("PDF/UA-1 error: {}", "不合无障碍 PDF 的规定：{0}"),
];

/// Names of what stands, or should stand, in a template.
const NAMES: [(&str, &str); 36] = [
    ("identifier", "名称"),
    ("an identifier", "名称"),
    ("string", "文字"),
    ("str", "文字"),
    ("integer", "整数"),
    ("i64", "整数"),
    ("float", "小数"),
    ("number", "数字"),
    ("bool", "是非值"),
    ("boolean", "是非值"),
    ("array", "列表"),
    ("map", "字典"),
    ("dictionary", "字典"),
    ("function", "函数"),
    ("content", "内容"),
    ("length", "长度"),
    ("color", "颜色"),
    ("auto", "auto"),
    ("none", "空值"),
    ("undefined", "没有定义的值"),
    ("expression", "表达式"),
    ("an expression", "表达式"),
    ("pattern", "变量名"),
    ("block", "一段内容"),
    ("argument list", "参数"),
    ("comma", "逗号"),
    ("colon", "冒号"),
    ("equals sign", "等号"),
    ("closing paren", "右圆括号"),
    ("closing bracket", "右方括号"),
    ("closing brace", "右花括号"),
    ("keyword", "关键词"),
    ("end of file", "文件结尾"),
    ("end of input", "模板结尾"),
    ("end of template", "模板结尾"),
    ("semicolon or line break", "分号或换行"),
];

/// A fault as it is said in each language of messages.
pub(super) fn with_reason(problem: Problem, said: &str) -> Problem {
    if let Some((chinese, english)) = plainly(said) {
        return problem.with_each("reason", &chinese, &english);
    }
    let chinese = match in_chinese(said) {
        Some(chinese) => format!("{chinese}（原文：{said}）"),
        None => format!("（原文：{said}）"),
    };
    problem.with_each("reason", &chinese, said)
}

/// What is said in the words of a parser, which lists all that might stand there, in those of whoever wrote the template.
fn plainly(said: &str) -> Option<(String, String)> {
    const WANTED: [(&str, &str, &str); 4] = [
        (
            "Found {} but expected one of: integer{}",
            "应当是一个值：变量名、引号里的文字或者数字",
            "a value belongs here: a name, a text in quotes or a number",
        ),
        ("Found {} but expected identifier{}", "应当是一个名称", "a name belongs here"),
        ("Found {} but expected `/` or `>`{}", "标签应当用 / 或者 > 结束", "a tag ends with / or >"),
        (
            "Found {} but component default arguments can only be{}",
            "应当是文字、数字或者是非值",
            "a text, a number, true or false belongs here",
        ),
    ];
    let line = said.lines().next()?.trim();
    WANTED.iter().find_map(|(pattern, chinese, english)| {
        let found = *filling(pattern, line)?.first()?;
        let is_end = found.contains("end of");
        let here =
            if is_end { "模板到这里就结束了".to_owned() } else { format!("这里写的是{}", named(found)) };
        let stands = if is_end { "the template ends here".to_owned() } else { format!("{found} stands here") };
        Some((format!("{here}，{chinese}"), format!("{stands}; {english}")))
    })
}

fn in_chinese(said: &str) -> Option<String> {
    let line = said.lines().next()?.trim();
    SENTENCES.iter().find_map(|(pattern, chinese)| {
        let filled = filling(pattern, line)?;
        let mut made = (*chinese).to_owned();
        for (number, text) in filled.iter().enumerate() {
            let mark = format!("{{{number}}}");
            let quoted = chinese.contains(&format!("“{mark}”"));
            made = made.replace(&mark, &if quoted { text.trim_matches('`').to_owned() } else { named(text) });
        }
        Some(made)
    })
}

/// What is filled in for each `{}` of a pattern, if a text is made of it.
fn filling<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut filled = Vec::new();
    let parts: Vec<&str> = parts.collect();
    for (number, part) in parts.iter().enumerate() {
        let end = match part.is_empty() {
            true if number + 1 == parts.len() => rest.len(),
            // The last part ends the text.
            _ if number + 1 == parts.len() => rest.strip_suffix(part)?.len(),
            _ => rest.find(part)?,
        };
        filled.push(rest.get(..end)?);
        rest = rest.get(end + part.len()..)?;
    }
    rest.is_empty().then_some(filled)
}

/// Names in Chinese, several of them joined; what is none stays as it was written.
fn named(text: &str) -> String {
    let several: Vec<&str> =
        text.split(", or ").flat_map(|part| part.split(", ")).flat_map(|part| part.split(" or ")).collect();
    let known = |name: &&str| {
        let bare = name.trim().trim_matches('`');
        let known = NAMES.iter().find(|(english, _)| *english == bare);
        known.map_or_else(|| format!("“{bare}”"), |(_, chinese)| (*chinese).to_owned())
    };
    several.iter().map(known).collect::<Vec<_>>().join("或")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_met_most_is_said_in_chinese_and_the_rest_stays() {
        for (said, chinese) in [
            ("Found `}}` but expected identifier.", "这里写的是“}}”，应当是名称"),
            ("Variable `titel` is not defined. Available variables: page, view", "没有“titel”这个变量"),
            ("Unknown filter `upcase`", "没有“upcase”这个过滤器"),
            ("Unknown function `today`", "没有“today”这个函数"),
            ("Iteration not possible on type `i64`", "整数不能用 for 一项一项地列"),
            ("unknown variable: titel", "没有“titel”这个变量"),
            ("file not found (searched at /a.typ)", "没有这个文件：“/a.typ”"),
            ("expected length or auto, found string", "应当是长度或auto，写的却是文字"),
            ("expected expression", "这里应当是表达式"),
            ("unclosed delimiter", "括号没有写完"),
            ("panicked with: 1 2", "模板自己停下，说的是“1 2”"),
            ("package not found (searched for @preview/a:1.0.0)", "不能用网上的软件包：“@preview/a:1.0.0”"),
        ] {
            assert_eq!(in_chinese(said).as_deref(), Some(chinese), "{said}");
        }
        assert_eq!(in_chinese("something new went wrong"), None);
    }
}
