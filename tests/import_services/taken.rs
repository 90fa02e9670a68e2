//! What is taken of a directory is what it says: telephones, addresses, prices, and no person; and what is left out is said.

use super::said::{read_in, says};
use super::*;

/// Places alone.
fn places(places: &str) -> String {
    format!(r#"{{"locations":[{places}]}}"#)
}

#[test]
fn a_place_has_its_own_address_and_only_lines_that_people_talk_on() {
    let json = places(
        r#"{"id":"1","name":"Hall","location_type":"physical","addresses":[
            {"address_type":"postal","address_1":"PO Box 12"},{"address_type":"physical","address_1":"1 High St"}],
            "phones":[{"type":"fax","number":"0931-0000001"},{"number":"call us"},{"type":"voice","number":"0931-0000002"}]},
           {"id":"2","name":"Web","location_type":"virtual","addresses":[{"address_1":"https://web.example"}]},
           {"id":"3","name":"Box","location_type":"physical","addresses":[{"address_type":"postal","address_1":"PO Box 13"}]}"#,
    );
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert_eq!(
        written(&site, "centres/hall.yaml"),
        "name: Hall\nkind: community-centre\narea: riverside\naddress: 1 High St\nphones:\n  - {number: 0931-0000002}\n\
         # other lines: fax 0931-0000001\n# call us\n"
    );
    assert!(!site.path("content/centres/web.yaml").exists(), "{}", said.stdout);
    says(
        &said,
        &[
            "since they have lines that are no telephones, such as faxes; these are kept as comments (1): Hall",
            "[NB0835]: `call us` was not understood\n--> theirs.json: \"Hall\" phone\n",
            "since they are online and no places to go to; they were left out (1): Web",
            "since their only address is one for letters, and was taken for that of the place (1): Box",
        ],
    );
}

#[test]
fn a_fax_is_not_the_telephone_of_an_entitlement() {
    let more = r#","attributes":[{"taxonomy_term":{"code":"audience/older-people"}}],"phones":[{"type":"FAX","number":"0931-0000001"}],
        "contacts":[{"name":"Jo Bloggs","title":"Clerk","phones":[{"number":"0931-0000002"}]}]"#;
    let grant = format!(
        r#"{{"id":"g","name":"Heating grant","organization":{{"name":"City council"}},"eligibility_description":"Older people","description":"Pays for coal."{more}}}"#
    );
    let (site, said) = read_in("en", "theirs.json", &hall(&grant));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let policy = written(&site, "policies/heating-grant.md");
    assert!(policy.contains("contact: {role: Clerk, phone: 0931-0000002}\n"), "{policy}");
    assert!(policy.contains("# Heating grant phones: fax 0931-0000001\n"), "{policy}");
    says(&said, &["for what services say of telephones (phones) (1): Heating grant"]);
}

#[test]
fn no_person_is_taken_and_no_line_of_one() {
    let advice = |contact: &str| {
        service(
            "法律咨询",
            &format!(
                r#","description":"王小明律师坐诊。","phones":[{{"number":"0931-0000000","description":"王小明"}},{{"number":"0931-0000003"}}],
                "contacts":[{{"name":"王小明"{contact},"phones":[{{"number":"0931-0000001"}}]}}]"#
            ),
            r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00"}"#,
        )
    };
    let (site, said) = read_in("zh-Hans", "theirs.json", &hall(&advice("")));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    assert!(programme.contains("报名方式: 电话 0931-0000003}\n"), "{programme}");
    says(&said, &["有 1 项服务写了联系人（contacts）", "有 1 项请核对：文字里写着人名；请改成岗位。它们是：法律咨询"]);
    // A role may be named, with its line.
    let (site, _) = read_in("zh-Hans", "theirs.json", &hall(&advice(r#","title":"律师""#)));
    let programme = written(&site, "programmes/hall.yaml");
    assert!(programme.contains("报名方式: 电话 0931-0000003；律师 0931-0000001"), "{programme}");

    let json = places(
        r#"{"id":"1","name":"Hall","addresses":[{"address_1":"1 High St"}],"phones":[{"number":"0931-0000000","description":"王小明"}]}"#,
    );
    let (site, said) = read_in("zh-Hans", "theirs.json", &json);
    assert!(!written(&site, "centres/hall.yaml").contains("0931"), "{}", said.stdout);
    says(&said, &["有电话写的是个人姓名，姓名和号码都没有导入。它们是：Hall"]);
}

#[test]
fn a_page_of_the_api_has_services_also_where_they_say_little() {
    let weekly = r#"[{"byday":"MO","opens_at":"09:00","closes_at":"10:00"}]"#;
    let at = r#""location":{"id":"p1","name":"Hall","addresses":[{"address_1":"1 High St"}]}"#;
    let json = format!(
        r#"{{"total_items":3,"contents":[{{"id":"s1","name":"Chess","status":"active","schedules":{weekly}}},
            {{"id":"s2","name":"Bridge","organization":{{"id":"o","name":"Council"}}}},
            {{"id":"s3","name":"Ludo","status":"active","schedules":{weekly},{at}}},{{"id":"s4","name":"Riddle"}}]}}"#
    );
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(written(&site, "programmes/hall.yaml").contains("title: Ludo"), "{}", said.stdout);
    says(
        &said,
        &[
            "since it is not known where they are given; --centre ID says so (2): Chess, Bridge",
            "since it is not clear whether they are places or services; they were left out (1): Riddle",
        ],
    );
    let alone = format!(r#"{{"id":"s1","name":"Chess","status":"active","schedules":{weekly}}}"#);
    let (_, said) = read_in("en", "theirs.json", &alone);
    says(&said, &["since it is not known where they are given; --centre ID says so (1): Chess"]);
}

#[test]
fn what_is_no_directory_is_said_with_its_line() {
    for (text, why) in [
        (
            "{\"services\": [\n  {\"name\": \"大\"},\n]}",
            "it is no JSON; a comma, a quote or a bracket is missing or one too many",
        ),
        ("{\n", "it is JSON that ends before all brackets are closed"),
        ("{}\n{}\n", "something stands behind the end of the JSON"),
        (&"[".repeat(500), "it is JSON with too many brackets within each other"),
        ("{\"a\": 1}", "it has neither places nor services"),
    ] {
        let (_, said) = read_in("en", "theirs.json", text);
        assert_eq!(said.code, Some(1), "{}", said.stderr);
        says(&said, &[&format!("error[NB0864]: no directory can be read from this file: {why}\n")]);
        assert!(!said.stderr.contains("weekly board"), "{}", said.stderr);
    }
    let (_, said) = read_in("en", "theirs.json", "{\"services\": [\n  {\"name\": \"大\"},\n]}");
    says(&said, &["--> theirs.json:3\n", "look at line 3, column 1"]);
}

#[test]
fn tables_that_are_not_there_and_rows_that_belong_to_nothing_are_said() {
    let site = new_site("en");
    let tables = ["location", "address", "service", "schedule", "phone", "funding"];
    let resource = |name: &&str| format!(r#"{{"name":"{name}","path":"{name}.csv"}}"#);
    let resources: Vec<String> = tables.iter().map(resource).collect();
    site.write("theirs/datapackage.json", format!(r#"{{"resources":[{}]}}"#, resources.join(",")));
    for (name, text) in [
        ("location", "id,name,location_type\np,Hall,physical\n"),
        ("address", "id,location_id,address_1\na,p,1 High St\nb,q,2 High St\n"),
        ("service", "id,name\ns,Chess\n"),
        (
            "schedule",
            "id,service_id,location_id,byday,opens_at,closes_at\n1,x,,MO,09:00,10:00\n2,,y,TU,09:00,10:00\n3,,p,WE,09:00,10:00\n",
        ),
    ] {
        site.write(&format!("theirs/{name}.csv"), text);
    }
    let said = import(&site, "theirs/datapackage.json", &["--area", "riverside", "--write"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(written(&site, "centres/hall.yaml").contains("hours: \"We 09:00-10:00\""), "{}", said.stdout);
    says(
        &said,
        &[
            "[NB0865]: datapackage.json names tables that are not beside it (2): funding, phone",
            "since rows of these tables name a record that is not there; they were left out (2): address × 1, schedule × 2",
        ],
    );
}

#[test]
fn a_service_that_is_called_as_an_entitlement_is_not_compared_with_it() {
    let audience = r#""attributes":[{"taxonomy_term":{"code":"audience/older-people"}}]"#;
    let two = format!(
        r#"{{"id":"1","name":"Fuel grant","description":"Up to 100.","eligibility_description":"Older people","organization":{{"name":"City council"}},{audience},"service_at_locations":[{{"location_id":"l"}}]}},
           {{"id":"2","name":"Fuel grant","description":"Advice on fuel.","organization":{{"name":"Elsewhere"}},"service_at_locations":[{{"location_id":"l"}}]}}"#
    );
    let (site, said) = read_in("en", "theirs.json", &hall(&two));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let again = |json: &str| {
        site.write("theirs.json", json);
        import(&site, "theirs.json", &["--area", "riverside", "--write"])
    };
    let said = again(&hall(&two));
    assert!(!said.stderr.contains("NB0862"), "{}", said.stderr);
    let said = again(&hall(&two.replace("Advice on fuel.", "Talks about fuel.")));
    says(&said, &["what the site says stays (1): Fuel grant"]);
}

#[test]
fn a_price_is_written_as_people_write_it() {
    let price = |currency: &str| {
        let more = format!(r#","cost_options":[{{"option":"票","amount":5,"currency":"{currency}"}}]"#);
        hall(&service("电影", &more, r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00"}"#))
    };
    for (language, currency, cost) in [
        ("zh-Hans", "CNY", "费用: 票：5元"),
        ("zh-Hans", "XAU", "费用: 票：5 XAU"),
        ("en", "GBP", "cost: \"票: £5\""),
        ("en", "XAU", "cost: \"票: 5 XAU\""),
    ] {
        let (site, said) = read_in(language, "theirs.json", &price(currency));
        let programme = written(&site, "programmes/hall.yaml");
        assert!(programme.contains(cost), "{cost}\n{programme}\n{}", said.stderr);
    }
}

/// The tables of a directory in one JSON object: an organisation, a place with its telephone, and two services.
const LISTS: &str = r#"{"organization":[{"id":1,"name":"City council"}],
    "location":[{"id":2,"name":"Hall","location_type":"physical"}],"address":[{"id":3,"location_id":2,"address_1":"1 High St"}],
    "phone":[{"id":4,"location_id":2,"number":"0931-0000001"},{"id":5,"service_id":6,"number":"0931-0000002"}],
    "service":[{"id":6,"name":"Choir","organization_id":1},{"id":7,"name":"Heating grant","organization_id":1,
        "description":"Pays for coal.","eligibility_description":"Older people"}],
    "service_at_location":[{"id":8,"service_id":6,"location_id":2}],"attribute":[{"id":9,"link_id":7,"taxonomy_term_id":10}],
    "taxonomy_term":[{"id":10,"code":"audience/older-people"}],
    "schedule":[{"id":11,"service_at_location_id":8,"byday":"TU","opens_at":"09:00","closes_at":"10:00"},
        {"id":12,"service_id":6,"byday":"WE","opens_at":"11:00","closes_at":"12:00"},
        {"id":13,"service_id":99,"byday":"WE","opens_at":"11:00","closes_at":"12:00"}]}"#;

#[test]
fn tables_that_are_lists_of_one_json_object_are_linked_as_those_of_a_package() {
    let (site, said) = read_in("en", "theirs.json", LISTS);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    for words in ["tue 09:00-10:00", "wed 11:00-12:00", "Telephone 0931-0000002"] {
        assert!(programme.contains(words), "{words}\n{programme}");
    }
    let centre = written(&site, "centres/hall.yaml");
    assert!(centre.contains("address: 1 High St\nphones:\n  - {number: 0931-0000001}\n"), "{centre}");
    let policy = written(&site, "policies/heating-grant.md");
    assert!(policy.contains("departments: [council]\naudience: [older-people]\n"), "{policy}");
    says(&said, &["since rows of these tables name a record that is not there; they were left out (1): schedule × 1"]);
}

#[test]
fn a_table_beside_records_that_are_nested_already_adds_to_them() {
    let nested = r#"{"organizations":[{"id":"o","name":"City council","services":[{"id":"s","name":"Choir","service_at_locations":
        [{"id":"l","location":{"id":"p","name":"Hall","addresses":[{"address_1":"1 High St"}],"phones":[{"id":"f","number":"0931-0000001"}]}}]}]}],
        "schedules":[{"service_at_location_id":"l","byday":"TU","opens_at":"09:00","closes_at":"10:00"}],
        "phones":[{"id":"f","location_id":"p","number":"0931-0000001"},{"id":"g","location_id":"p","number":"0931-0000002"}]}"#;
    let (site, said) = read_in("en", "theirs.json", nested);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(written(&site, "programmes/hall.yaml").contains("tue 09:00-10:00"), "{}", said.stderr);
    let centre = written(&site, "centres/hall.yaml");
    assert!(centre.contains("phones:\n  - {number: 0931-0000001}\n  - {number: 0931-0000002}\n"), "{centre}");
}

#[test]
fn records_of_a_directory_are_named_where_a_spreadsheet_has_cells() {
    let json = places(
        r#"{"id":"1","name":"Hall","location_type":"physical"},{"id":"2","location_type":"physical"},
           {"id":"3","name":"Barn","addresses":[{"address_1":"1 High St"}],"accessibility":[{"description":"Quiet room"}]}"#,
    );
    let (_, said) = read_in("en", "theirs.json", &json);
    says(
        &said,
        &[
            "[NB0849]: this place does not say an address and is left out\n--> theirs.json: \"Hall\" address\n",
            "[NB0835]: `Quiet room` was not understood\n--> theirs.json: \"Barn\" accessibility\n",
            "since they have no name; they were left out (1): 2",
        ],
    );
    let (_, said) = read_in("zh-Hans", "theirs.json", &json);
    says(&said, &["这个地点没有写地址，没有导入", "theirs.json: \"Hall\" address"]);
    let (_, said) = read_in("en", "list.csv", "name,address\nHall,\n");
    says(&said, &["[NB0849]: this row does not say an address and is left out\n--> list.csv:B2\n"]);
}

#[test]
fn what_stands_beside_a_telephone_is_taken_only_if_it_says_what_the_line_is_for() {
    let phones = r#""phones":[{"number":"0931-0000001","description":"Jane Roe"},{"number":"0931-0000002","description":"Front desk"}]"#;
    let json = places(&format!(r#"{{"id":"1","name":"Hall","addresses":[{{"address_1":"1 High St"}}],{phones}}}"#));
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let centre = written(&site, "centres/hall.yaml");
    assert!(
        centre.contains("phones:\n  - {number: 0931-0000001}\n  - {for: Front desk, number: 0931-0000002}\n"),
        "{centre}"
    );
    says(&said, &["since what stands beside a telephone may name a person; the number was taken without it (1): Hall"]);
    let json =
        hall(&service("Choir", &format!(",{phones}"), r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00"}"#));
    let (site, said) = read_in("en", "theirs.json", &json);
    let programme = written(&site, "programmes/hall.yaml");
    assert!(programme.contains("booking: Telephone 0931-0000001; Front desk 0931-0000002}"), "{programme}");
    says(&said, &["the number was taken without it (1): Choir"]);
    assert!(![programme, said.stderr].concat().contains("Jane"));
}

#[test]
fn all_parts_of_an_address_are_taken_as_the_language_writes_them() {
    let place = |parts: &str| places(&format!(r#"{{"id":"1","name":"Hall","addresses":[{{{parts}}}]}}"#));
    let (site, said) = read_in(
        "en",
        "theirs.json",
        &place(
            r#""address_1":"1 High St","address_2":"Floor 2","city":"Leeds","postal_code":"LS1 1AA","attention":"Jane Roe""#,
        ),
    );
    assert!(
        written(&site, "centres/hall.yaml").contains("address: \"1 High St, Floor 2, Leeds, LS1 1AA\"\n"),
        "{}",
        said.stdout
    );
    says(&said, &["since their addresses name an addressee, a postcode or a country", "these were left out (1): Hall"]);
    let parts = r#""address_1":"敦煌路8号","address_2":"二楼","city":"乙市","state_province":"丙省","country":"CN""#;
    let (site, said) = read_in("zh-Hans", "theirs.json", &place(parts));
    assert!(written(&site, "centres/hall.yaml").contains("地址: 丙省乙市敦煌路8号二楼\n"), "{}", said.stdout);
    assert!(!said.stderr.contains("NB0862"), "{}", said.stderr);
}
