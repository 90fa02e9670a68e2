//! `import`: what stands beside days and times in cells is read, or said and kept; nothing is lost, and no time is guessed.

use crate::support::*;

/// What stands in the file that comes of a spreadsheet, and what was said.
fn import(text: &str) -> (String, String) {
    let site = TestSite::minimal();
    site.remove(PROGRAMME_FILE);
    site.write("plan.csv", text);
    let path = site.path("plan.csv");
    let options = ["--valid", "2026-11-01..2027-01-15", "-v"];
    let said = site.call("import").lang("zh-Hans").args(&[path.to_str().unwrap()]).args(&options).run();
    (said.stdout, said.stderr)
}

#[test]
fn the_days_of_a_list_may_have_a_part_of_the_day_and_a_row_several_times() {
    let (shown, found) = import(
        "活动名称,星期,时间\n书法,周二、周四下午,2:30-4:00\n合唱,周二（单周）,9:00-10:00\n舞蹈,周三,\"8:30-11:30，14:00-17:00\"\n太极,周二、四、六晚,7:00-8:00\n读报,每周三、周五上午,9:00-10:00\n棋牌,周一、周二、周三上午,9:00-10:00\n国画,周一至周五（节假日除外）,9:00-10:00\n",
    );
    has(
        &shown,
        &[
            "{title: 书法, when: \"周二、周四 14:30-16:00\"}",
            "{title: 合唱, when: \"单周 周二 09:00-10:00\"}",
            "{title: 舞蹈, when: \"周三 08:30-11:30\"}",
            "{title: 舞蹈, when: \"周三 14:00-17:00\"}",
            "{title: 太极, when: \"周二、周四、周六 19:00-20:00\"}",
            "{title: 读报, when: \"周三、周五 09:00-10:00\"}",
            "{title: 棋牌, when: \"周一至周三 09:00-10:00\"}",
            "{title: 国画, when: \"周一至周五 09:00-10:00\"}",
            "国画: 节假日除外",
        ],
    );
    has(&found, &["没看懂“国画: 节假日除外”"]);
}

#[test]
fn a_list_guesses_no_time() {
    let (shown, found) = import(
        "活动名称,星期,时间,地点\n门诊,周三,下午2点开始,大厅\n义诊,周三下午,2:30,大厅\n电影,周三,14:00-16:00（夏季15:00-17:00）,大厅\n瑜伽,周二上午、周四下午,2:30-4:00,大厅\n讲座,每月第一个周三下午,2:30-4:00,大厅\n太极,周三,9:30-11,大厅\n晚课,周三,3:00pm-5:00pm,大厅\n编织,周三（隔周）,9:00-10:00,大厅\n",
    );
    has(
        &shown,
        &[
            "{title: 电影, when: \"周三 14:00-16:00\", room: 大厅}",
            "电影: 夏季15:00-17:00",
            "{title: 讲座, when: \"每月第一个周三下午 2:30-4:00\", room: 大厅}",
            "{title: 太极, when: \"周三 09:30-11:00\", room: 大厅}",
            "{title: 晚课, when: \"周三 15:00-17:00\", room: 大厅}",
        ],
    );
    has(
        &found,
        &["C2\n", "没看懂“下午2点开始”", "C3\n", "“义诊”没有写几点到几点", "没看懂“周二上午、周四下午”", "编织"],
    );
    has_not(&shown, &["title: 门诊", "title: 义诊", "title: 瑜伽", "title: 编织", "夏季: "]);
}

#[test]
fn no_activity_is_written_with_the_time_of_its_row_where_its_own_is_left_over() {
    let (shown, found) = import(
        "时段,周一,周二,周三,周四,周五\n上午 9:00-11:30,舞蹈 晚八点,理发 下午2点开始,舞蹈（上半月）,舞蹈（单号）,广场舞 晚7:00-8:30\n上午 9:00-11:30,讲座 2:00pm-4:00pm,舞蹈 9点-11点/14点-16点,\"舞蹈9:00-10:00，合唱10:00-11:00\",舞蹈【14:00-16:00】多功能厅,\"合唱\n12月8日起\"\n",
    );
    has(
        &shown,
        &[
            "{title: 广场舞, when: \"周五 19:00-20:30\"}",
            "{title: 讲座, when: \"周一 14:00-16:00\"}",
            "{title: 舞蹈, when: \"周二 09:00-11:00\"}",
            "{title: 舞蹈, when: \"周二 14:00-16:00\"}",
            "{title: 舞蹈, when: \"周三 09:00-10:00\"}",
            "{title: 合唱, when: \"周三 10:00-11:00\"}",
            "{title: 舞蹈, when: \"周四 14:00-16:00\", room: 多功能厅}",
            "# B2: 舞蹈 晚八点",
            "# C2: 理发 下午2点开始",
            "# D2: 舞蹈 上半月",
            "# E2: 舞蹈 单号",
            "# F3: 合唱 12月8日起",
        ],
    );
    has(&found, &["没看懂“舞蹈 晚八点”", "没看懂“理发 下午2点开始”", "没看懂“舞蹈 上半月”多久一次"]);
    assert_eq!(shown.matches("title:").count(), 7 + 1, "{shown}");
}

#[test]
fn rooms_at_the_head_of_a_board_are_the_rooms_of_its_activities() {
    for board in [
        "星期,二楼教室,舞蹈室\n周一,书法 9:00-10:30,舞蹈 9:00-11:00\n周二,英语 19:00-20:00,\n",
        "地点,周一,周二\n二楼教室,书法 9:00-10:30,英语 19:00-20:00\n舞蹈室,舞蹈 9:00-11:00,\n",
    ] {
        let (shown, found) = import(board);
        has(
            &shown,
            &[
                "{title: 书法, when: \"周一 09:00-10:30\", room: 二楼教室}",
                "{title: 舞蹈, when: \"周一 09:00-11:00\", room: 舞蹈室}",
                "{title: 英语, when: \"周二 19:00-20:00\", room: 二楼教室}",
            ],
        );
        has_not(&found, &["NB0837", "NB0838"]);
    }
}

#[test]
fn what_is_said_to_be_kept_is_kept_and_who_may_come_does_not_lead() {
    let (shown, found) = import(
        "时段,周一,周二,周三\n上午 9:00-11:30,\"老年大学\n对象：60岁以上\",党员学习（仅限党员）,\"棋牌\n注意事项：自带水杯\"\n14:00-16:00（夏季15:00-17:00）,,电影,\"合唱\n下午停\"\n",
    );
    has(
        &shown,
        &[
            "# B2: 老年大学: 60岁以上",
            "{title: 党员学习（仅限党员）, when: 周二 上午}",
            "{title: 棋牌, when: 周三 上午}",
            "# D2: 棋牌: 注意事项：自带水杯",
            "{title: 电影, when: \"周二 14:00-16:00\"}",
            "# A5: 14:00-16:00（夏季15:00-17:00）",
        ],
    );
    has(&found, &["没看懂“夏季15:00-17:00”", "合唱：下午停"]);
    has_not(&shown, &["leader", "夏季: ", "title: 注意", "title: 合唱", "title: 下午停"]);
}

#[test]
fn a_time_that_is_missing_is_asked_for_where_it_would_stand() {
    let (_, found) = import("序号,活动,时间,星期\n1,书法,,周三下午\n2,合唱,,周四\n");
    has(&found, &["plan.csv:C2", "plan.csv:C3", "在表格里写上几点到几点"]);
    let (_, found) = import("层,时段,周一,周二\n一层,下午,书法,\n");
    has(&found, &["plan.csv:B2"]);
}

#[test]
fn what_limits_an_activity_within_its_title_is_read_or_said_and_not_weekly() {
    let (shown, found) = import(
        "时段,周一,周二,周三,周四,周五\n9:00-11:00,电影（双周）《长津湖》,合唱（单周） 二楼,书法双周,手工（每月第二个周五）材料自备,剪纸（每月第二个周五）材料自备\n\
         14:00-16:00,露天电影（夏季）,游泳（7-8月）,合唱 12月暂停,\"太极\n寒假暂停\",舞蹈（单双周轮换）\n",
    );
    has(
        &shown,
        &[
            "{title: 电影《长津湖》, when: \"双周 周一 09:00-11:00\"}",
            "{title: 合唱, when: \"单周 周二 09:00-11:00\", room: 二楼}",
            "{title: 书法, when: \"双周 周三 09:00-11:00\"}",
            "{title: 剪纸, when: \"每月第二个周五 09:00-11:00\", summary: 材料自备}",
            "# B3: 露天电影 夏季",
            "# C3: 游泳 7-8月",
            "# D3: 合唱 12月暂停",
            "# E3: 太极 寒假暂停",
            "# F3: 舞蹈（单双周轮换）",
        ],
    );
    has(&found, &["没看懂“露天电影 夏季”里的日期", "没看懂“手工 每月第二个周五 材料自备”多久一次", "plan.csv:F3"]);
    assert_eq!(shown.matches("title:").count(), 4 + 1, "{shown}");
}

#[test]
fn what_people_write_below_a_title_without_a_label_is_no_activity() {
    let (shown, found) = import(
        "时段,周一,周二,周三,周四,周五\n9:00-11:00,\"合唱\n自带水杯\",\"义诊\n免费\",\"讲座\n请提前10分钟到场\",\"剪纸\n限20人\",\"法律咨询\n需要预约\"\n\
         14:30-16:30,义剪 10元,\"瑜伽\n需自带垫子，限12人\",免费理发,\"手机课堂①\n手机课堂②\",1.合唱 2.书法\n",
    );
    has(
        &shown,
        &[
            "{title: 合唱, when: \"周一 09:00-11:00\", summary: 自带水杯}",
            "{title: 义诊, when: \"周二 09:00-11:00\", cost: 免费}",
            "{title: 讲座, when: \"周三 09:00-11:00\", summary: 请提前10分钟到场}",
            "{title: 剪纸, when: \"周四 09:00-11:00\", places: 20}",
            "{title: 法律咨询, when: \"周五 09:00-11:00\", booking: 需要预约}",
            "{title: 义剪, when: \"周一 14:30-16:30\", cost: 10元}",
            "{title: 瑜伽, when: \"周二 14:30-16:30\", summary: 需自带垫子, places: 12}",
            "{title: 免费理发, when: \"周三 14:30-16:30\"}",
            "{title: 手机课堂①, when: \"周四 14:30-16:30\"}",
            "{title: 手机课堂②, when: \"周四 14:30-16:30\"}",
            "{title: 合唱, when: \"周五 14:30-16:30\"}",
            "{title: 书法, when: \"周五 14:30-16:30\"}",
        ],
    );
    assert_eq!(found, "");
}

#[test]
fn a_remark_loses_no_more_than_its_sentence_that_names_a_person() {
    let (shown, found) = import(
        "时段,周一,周二\n9:00-11:00,合唱,书法\n备注：法定节假日暂停；12月25日下午停课；联系人：李红 0931-0000001\n3. 联系人李红\n",
    );
    has(&shown, &["notes: [法定节假日暂停；12月25日下午停课]\n"]);
    has(&found, &["“联系人：李红 0931-0000001”像是人名", "“3. 联系人李红”像是人名"]);
    has_not(&shown, &["李红"]);
}

#[test]
fn a_name_at_a_telephone_or_in_the_brackets_of_a_title_is_left_out_and_said() {
    let (shown, found) = import(
        "时段,周一,周二\n9:00-11:00,合唱（李芳）,书法（高级）\n有事找李红 13800000000\n报名电话：0931-0000001（李女士）\n报名电话：0931-0000002\n",
    );
    has(&shown, &["{title: 合唱, when", "{title: 书法（高级）, when", "notes: [报名电话：0931-0000002]\n"]);
    has(&found, &["“李芳”像是人名", "“有事找李红 13800000000”像是人名", "（李女士）”像是人名"]);
    has_not(&shown, &["李"]);
}

#[test]
fn what_rests_on_holidays_below_all_days_is_a_remark_and_days_in_titles_are_said() {
    let (shown, found) = import(
        "时段,周一,周二\n9:00-11:00,\"电影 12/11、12/25\",\"义诊（一、三周）\"\n14:00-16:00,\"诵读 初一、十五\",夜校（农闲时）\n16:00-17:00,理发 11日、25日,读报\n",
    );
    assert_eq!(shown.matches("title:").count(), 1 + 1, "{shown}");
    has(&shown, &["{title: 读报, when: \"周二 16:00-17:00\"}"]);
    has(
        &found,
        &[
            "没看懂“电影 12/11、12/25”里的日期",
            "“义诊（一、三周）”多久一次",
            "“诵读 初一、十五”多久一次",
            "夜校",
            "理发",
        ],
    );
}

#[test]
fn a_sign_for_the_same_again_is_no_activity_and_the_times_of_turns_are_kept() {
    let (shown, found) = import("时段,周一,周二,周三\n9:00-11:00,合唱,同左,\"\"\"\"\n14:00-16:00,同上,书法,〃\n");
    assert_eq!(shown.matches("title:").count(), 2 + 1, "{shown}");
    has(&shown, &["# C2: 同左", "# B3: 同上", "# D3: 〃"]);
    has(&found, &["没看懂“同左”", "没看懂“〃”"]);
    let (shown, found) = import(
        "日期,岗位,时间\n2026-12-01,社工,8:30-18:00\n2026-12-02,网格员,9:00-12:00\n2026-12-03,志愿者,14:00-18:00\n",
    );
    has(&shown, &["# 2026-12-01: 8:30-18:00", "# 2026-12-03: 14:00-18:00"]);
    has(&found, &["14:00-18:00、8:30-18:00、9:00-12:00"]);
}

#[test]
fn a_date_may_stand_with_the_time_whose_end_is_asked_for() {
    let (shown, found) =
        import("活动名称,时间,带队老师\n书法,每周一上午9:00-10:00,社工\n手工,12月24日14:00-16:00,社工\n");
    has(&shown, &["{title: 手工, when: \"2026-12-24 14:00-16:00\", leader: 社工}"]);
    has_not(&found, &["NB0848"]);
    let (_, found) = import("活动名称,时间\n书法,每周一上午9:00-10:00\n太极,每周三早上7点\n讲座,2026-12-09 15:00\n");
    has(&found, &["“太极”没有写几点到几点\n--> plan.csv:B3", "“讲座”没有写几点到几点\n--> plan.csv:B4"]);
}
