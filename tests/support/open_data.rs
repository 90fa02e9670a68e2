//! A site with something of every kind, in the shapes that are hard for open data, and the judge of open data run on
//! what it was built into.

use std::path::Path;
use std::process::Command;

use super::TestSite;

/// Words that every format has to escape in its own way.
pub const HOSTILE: &str = "a,b;\"c\"\n=cmd|' /C calc'!A0 </script><!-- 👩‍👩‍👧 \u{202e}abc\u{202c} \\n 甘家巷";

const CENTRE: &str = "\
name: {zh-Hans: 解放社区中心, en: Jiefang Centre}
short_name: 解放
kind: community-centre
area: jiefang
address: 解放路1号
location: {lat: 36.05, lon: -0.5}
phones: [{for: 前台, number: 0931-0000001, answered: 'mon-fri 09:00-12:00'}]
amenities: [tea, {kind: wifi, note: 二楼, hours: 'mon-fri 10:00-11:00'}]
accessibility: [step-free, mongolian-spoken]
services:
  - {name: 水电维修, cost: 免费, phone: 0931-0000002, by_appointment: true, hours: 'tue,sat 09:00-12:00'}
  - {name: 水电维修, when: 随叫随到, home_visits: true, department: community, audiences: [older-people]}
hours:
  weekly: {mon-fri: '08:30-12:00, 14:30-18:00', sat: '19:00-次日01:00'}
  recurring: [{on: 单周周日, hours: '09:00-10:00'}, {on: 每月最后一个工作日, hours: closed, why: 盘点}]
  seasons: [{from: 12-10, to: 02-10, weekly: {mon-fri: '09:00-12:00, 14:00-17:00预约'}}]
  exceptions: [{on: 2026-12-01..2026-12-03, hours: '10:00-11:00', why: '停电; 2026-12-09 恢复'}, {on: 2026-12-20, hours: closed}]
";
const STATION: &str = "{name: 驿站, kind: station, area: jiefang, part_of: jiefang, address: 解放路2号}\n";
const PROGRAMME: &str = "\
title: {zh-Hans: 冬季计划, en: Winter programme}
centre: jiefang
valid: 2026-11-01..2027-01-15
slots: {上午: '09:00-11:30'}
activities:
  - {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周二 上午, audience: [older-people], strand: health,
     exceptions: [{on: 2026-12-15, cancelled: 停一次}, {on: 2026-12-22, moved_to: 2026-12-24 15:00-16:00}, {on: 2026-12-29, room: 二楼}],
     extra: [{on: 2027-01-20 09:00-10:00, why: 补一次}]}
  - {title: {zh-Hans: 健康讲座}, when: 单周 周三 09:00-10:00}
  - {title: 双周, when: 双周 周五 09:00-10:00, valid: 2026-12-01..2027-01-10}
  - {title: 月初, when: 每月第一个周四 14:30-15:30}
  - {title: 月末, when: 每月最后一个周一 14:30-15:30}
  - {title: 十五, when: 每月15日 14:30-15:30}
  - {title: 工作日, when: 每月第二个工作日 09:00-10:00}
  - {title: 一次, when: 2026-12-07 09:00-10:00}
  - {title: 隔周, when: 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20261231 14:30-15:30'}
  - {title: 十次, when: 'RRULE:FREQ=WEEKLY;COUNT=6 14:30-15:30', valid: 2026-11-12..2027-01-15}
  - {title: 每日, when: 'RRULE:FREQ=DAILY;INTERVAL=3 15:00-16:00'}
  - {title: 学期, when: 周四 上午, not_on: [school-holidays]}
";
const CALENDAR: &str = "\
year: 2026
region: CN
source: {title: 放假安排, url: 'https://gov.example/notice'}
holidays: [{name: 国庆节, days: 2026-10-01..2026-10-07, makeup_workdays: [2026-10-10]}]
school_holidays: [{name: 寒假, days: 2026-12-28..2027-02-20}]
";
const REST: [(&str, &str); 7] = [
    (
        "content/policies/allowance.md",
        "---\ntitle: 津贴\nsummary: 每月补贴。\ndepartments: [community]\naudience: [older-people]\nareas: [jiefang]\n\
         amounts: [{per: 每人, value: 100元, note: 每月}]\nconditions: [年满八十]\npapers: [身份证, 户口簿]\nsteps: [到前台]\n\
         centres: [jiefang, yizhan]\ncontact: {role: 网格员, phone: 0931-0000003}\nfrom: 2026-01-01\nuntil: 2026-12-31 12:00\n\
         reviewed: 2026-11-01\n---\n正文。\n",
    ),
    (
        "content/policies/old.md",
        "---\ntitle: 旧政策\nsummary: 已过。\ndepartments: [community]\naudience: [older-people]\nuntil: 2026-01-01\n---\n",
    ),
    (
        "content/events/fair.md",
        "---\ntitle: 招聘会\non: 2026-12-05..2026-12-06\ntime: 09:00-12:00\nplace: 广场\nlocation: {lat: 36, lon: 103}\n\
         zones: [{name: 东区, what: 咨询, time: 09:00-10:00}]\nstrand: health\n---\n正文。\n",
    ),
    (
        "content/teams/helpers.md",
        "---\nname: 志愿队\npurpose: 帮忙。\ncentre: jiefang\nhours: tue 14:30-17:00\nsize: 12\ncontact: {role: 队长, phone: 0931-0000004}\n---\n",
    ),
    (
        "content/duty/front.yaml",
        "title: 值班\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\nresident: [{role: 管理员, days: mon-fri, time: 09:00-17:00}]\n\
         rotation: {every: 每两周, starts: 2026-11-02, days: mon-fri, turns: [甲组, 乙组]}\nswaps: [{on: 2026-11-30, why: 请假}]\n",
    ),
    (
        "content/outreach/round.yaml",
        "title: 流动讲堂\nsummary: 上门。\narea: jiefang\nled_by: helpers\npolicies: [allowance]\n\
         stops: [{place: 东村, on: 2026-12-09, time: 10:00-11:00, languages: [zh-Hans]}, {place: 西村, on: 2026-12-01..2026-12-03}]\n",
    ),
    (
        "content/feedback/book.yaml",
        "title: 意见册\ncentre: jiefang\nperiod: 2026-11-01..2026-11-30\nchannels: [前台]\n\
         items: [{topic: 路灯, raised: 不亮, raised_on: 2026-11-02, status: solved, answer: 修好了, department: community}]\n",
    ),
];

/// The site, not yet built.
pub fn site() -> TestSite {
    let site = TestSite::minimal();
    let config = super::SITE.replace("outputs: none\n", "") + "outputs: [hsds, api]\n";
    site.write(super::SITE_FILE, config)
        .write(super::CENTRE_FILE, CENTRE)
        .write("content/centres/yizhan.yaml", STATION)
        .write(super::PROGRAMME_FILE, PROGRAMME)
        .write("content/calendar/CN-2026.yaml", CALENDAR);
    for (path, text) in REST {
        site.write(path, text);
    }
    site
}

/// Puts hostile words where the site's texts are, `{}` being where they go.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// What the judge says of a built site; `None`, said on standard error, where the judge's packages are not.
pub fn judged(built: &Path) -> Option<(bool, String)> {
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the Python packages are");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/opendata.py");
    let output = Command::new(Path::new(&tools).join("py/bin/python")).arg(script).arg(built).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), said))
}
