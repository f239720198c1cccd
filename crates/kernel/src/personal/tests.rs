//! What must be found in any spelling beside any neighbour, and ordinary sentences that must pass.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::text::mask;
use proptest::prelude::*;
use proptest::sample::select;

fn told(text: &str) -> Vec<(Personal, &str)> {
    find(text).into_iter().map(|found| (found.kind, &text[found.span])).collect()
}

#[test]
fn every_spelling_is_found() {
    use Personal::{Card, Door, Identity, Landline, Mail, Phone, Plate};
    for (text, kind, words) in [
        ("电话13800001111", Phone, "13800001111"),
        ("138 0000 1111", Phone, "138 0000 1111"),
        ("138  0000\u{3000}1111", Phone, "138  0000\u{3000}1111"),
        ("138.0000.1111", Phone, "138.0000.1111"),
        ("138—0000——1111", Phone, "138—0000——1111"),
        ("138/0000/1111", Phone, "138/0000/1111"),
        ("138\n0000\n1111", Phone, "138\n0000\n1111"),
        ("138，0000，1111", Phone, "138，0000，1111"),
        ("(138)0000-1111", Phone, "138)0000-1111"),
        ("1 3 8 0 0 0 0 1 1 1 1", Phone, "1 3 8 0 0 0 0 1 1 1 1"),
        ("13 80 00 01 11 1", Phone, "13 80 00 01 11 1"),
        ("1380\u{ad}000\u{200c}1111", Phone, "1380\u{ad}000\u{200c}1111"),
        ("１３８００００１１１１", Phone, "１３８００００１１１１"),
        ("①③⑧⓪⓪⓪⓪①①①①", Phone, "①③⑧⓪⓪⓪⓪①①①①"),
        ("1\u{fe0f}\u{20e3}3800001111", Phone, "1\u{fe0f}\u{20e3}3800001111"),
        ("一三八零零零零一一一一", Phone, "一三八零零零零一一一一"),
        ("幺三八〇〇〇〇幺幺幺幺", Phone, "幺三八〇〇〇〇幺幺幺幺"),
        ("幺三八，零零零零，幺幺幺幺", Phone, "幺三八，零零零零，幺幺幺幺"),
        ("٠١٣٨٠٠٠٠١١١١", Phone, "١٣٨٠٠٠٠١١١١"),
        ("+86 13800001111", Phone, "+86 13800001111"),
        ("0086-138-0000-1111", Phone, "0086-138-0000-1111"),
        ("13800001111-8001转分机", Phone, "13800001111-8001"),
        ("13800001111转8001", Phone, "13800001111转8001"),
        ("周一13800001111", Phone, "13800001111"),
        ("0951-8123456", Landline, "0951-8123456"),
        ("(0951) 812 3456", Landline, "0951) 812 3456"),
        ("010 8123 4567", Landline, "010 8123 4567"),
        ("09518123456", Landline, "09518123456"),
        ("+86 10 81234567", Landline, "+86 10 81234567"),
        ("0951-8123456-8001", Landline, "0951-8123456-8001"),
        ("0951-8123456 3号楼", Landline, "0951-8123456"),
        ("身份证11010519491231002X", Identity, "11010519491231002X"),
        ("11010519491231002 x", Identity, "11010519491231002 x"),
        ("110105 19491231 002X", Identity, "110105 19491231 002X"),
        ("110105491231002", Identity, "110105491231002"),
        ("6222021234567890128", Card, "6222021234567890128"),
        ("6222 0212 3456 7890 128", Card, "6222 0212 3456 7890 128"),
        ("卡号4111111111111111", Card, "4111111111111111"),
        ("3-2-502", Door, "3-2-502"),
        ("3—2—502漏水", Door, "3—2—502"),
        ("3号楼2单元301", Door, "301"),
        ("3栋2单元502", Door, "502"),
        ("3栋502", Door, "502"),
        ("3号楼2-502", Door, "502"),
        ("2单元 502", Door, "502"),
        ("2单元502：灯坏了", Door, "502"),
        ("二单元五〇二", Door, "五〇二"),
        ("3#502", Door, "502"),
        ("301 室", Door, "301 室"),
        ("502号漏水", Door, "502号"),
        ("我住502号", Door, "502号"),
        ("502户", Door, "502户"),
        ("2单元502户", Door, "502户"),
        ("11502室", Door, "11502室"),
        ("502A室", Door, "502A室"),
        ("5 0 2 室", Door, "5 0 2 室"),
        ("京A12345", Plate, "京A12345"),
        ("京A·12345", Plate, "京A·12345"),
        ("宁a d12345", Plate, "宁a d12345"),
        ("沪Ａ１２３４学", Plate, "沪Ａ１２３４学"),
        ("发到wang.wu@example.com谢谢", Mail, "wang.wu@example.com"),
        ("wang＠example．com.", Mail, "wang＠example．com"),
        ("wang @ qq。com", Mail, "wang @ qq。com"),
    ] {
        assert_eq!(told(text), [(kind, words)], "{text}");
    }
}

#[test]
fn numbers_beside_each_other_are_found_each() {
    use Personal::{Door, Identity, Phone};
    assert_eq!(
        told("2单元301 13900002222 灯坏"),
        [(Door, "301"), (Phone, "13900002222")],
        "a door and a telephone"
    );
    for text in ["13900002222 13700003333", "1390000222213700003333", "13900002222\n13700003333"] {
        assert_eq!(told(text).iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Phone, Phone], "{text}");
    }
    assert_eq!(told("9月3 13900002222打过"), [(Phone, "13900002222")]);
    assert_eq!(told("2026-05-01 13900002222 王"), [(Phone, "13900002222")]);
    assert_eq!(told("电话13900002222 18点后打"), [(Phone, "13900002222")]);
    assert_eq!(
        told("11010519491231002X 13900002222"),
        [(Identity, "11010519491231002X"), (Phone, "13900002222")]
    );
    assert_eq!(told("501、502室"), [(Door, "501"), (Door, "502室")]);
    assert_eq!(told("2单元501、502"), [(Door, "501"), (Door, "502")]);
    assert_eq!(told("2单元502-13900002222"), [(Door, "502"), (Phone, "13900002222")]);
}

#[test]
fn ordinary_sentences_pass() {
    for text in [
        "3号楼2单元门口的灯坏了两天",
        "1至6号楼楼道灯全部换成LED",
        "7号楼前建车棚，停120辆电动车",
        "预算12,000元，每户平均45.5元",
        "预算12,000元，实付11,860.50元",
        "2026-11-28 9:00-17:30 停水",
        "2026年11月28日上午九点开会",
        "2026.11.15-2026.11.20公示",
        "11.15 2026.11.20 3号楼",
        "公示期2026/11/15—2026/11/25，共10天",
        "面积1,234.5平方米",
        "面积1500㎡，单价300元/㎡",
        "第三季度第二次会议",
        "电梯编号31103301002019",
        "电梯注册代码31106401052023040012",
        "设备编号：TS-31106401052023013",
        "工单202611130930001234",
        "统一社会信用代码91640100MA76XXXX2C",
        "编号1104",
        "事项1104号已办结",
        "事项 1104 号",
        "第1104号议题",
        "杏林会〔2026〕104号",
        "杏林会〔2026〕4号",
        "民法典第278条、第279条",
        "物业管理条例第12条第3款",
        "火警119，急救120，报警110，交通事故122",
        "拨打12345或12315",
        "消费者热线96315，供电95598，移动10086",
        "燃气抢修400-810-1234",
        "物业电话 8123 4567",
        "7号楼110报警点",
        "清河路502号门前积水",
        "清河街 102 号的树倒了",
        "中山路12号院的围墙",
        "3号楼2026年换过水管",
        "3号楼2026-05修过",
        "全小区1200户，已收回表决票860张",
        "本小区共502户",
        "惠及1108户居民",
        "2单元120户",
        "同意786户，反对114户，弃权20户",
        "同意面积占85.3%，人数占81.2%",
        "1、3、5、7、9、11、13、15号楼",
        "1,3,5,7,9,11,13,15号楼",
        "票数：13、15、18、22、16、9",
        "三室两厅改成四室一厅",
        "2026-11-28 三室两厅",
        "会议室在二楼，活动室在三楼",
        "B区3号车位被占",
        "车位B-102空着",
        "102号路灯不亮",
        "116号公交站台",
        "充电桩6个，每个功率7千瓦，220V",
        "每天7:30-8:30、17:00-18:30请不要停车",
        "周一至周五8:00-12:00，14:00-18:00",
        "每度电0.52元，服务费0.35元",
        "气温-13度到18度，注意防冻",
        "直径110毫米的管子换了35米",
        "第13、14、15项议程顺延",
        "投入5000000元",
        "中标价1,380,000.11元",
        "维修资金余额 13,800,001.11 元",
        "60岁以上老人318人，80岁以上56人",
        "一二三四五六七号楼都换了",
        "二〇二六年十一月二十八日",
        "二〇二六年第三季度",
        "新A座门禁坏了",
        "京津冀一共3个小区来过",
        "@所有人 明天停水",
        "3#楼顶漏水",
        "GB 50352-2019 和 GB/T 37668—2019",
        "长12.5米、宽3.2米、高2.8米",
        "3号楼102人参加，2号楼98人参加",
        "3号楼1至3单元",
        "民初字第1778、1779、1838号判决",
        "表一 10019673,209729",
        "见 #104 和 #1102",
        "2号楼102号路灯",
        "面积大的三室两厅，2026-11-28三室两厅",
        "B1-2-105车位",
        "18:00-18:30 2026-11-28 5号楼",
        "Meeting on 28 November 2026, 9:00 to 17:30",
        "Budget 12,000 yuan for buildings 1 to 6",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn check_digit_and_date_decide() {
    for text in ["110105194912310021", "200105194912310026", "110105491331002", "4012888888881882"] {
        let kinds: Vec<Personal> = find(text).into_iter().map(|found| found.kind).collect();
        assert!(
            !kinds.contains(&Personal::Identity) && !kinds.contains(&Personal::Card),
            "{text}: {kinds:?}"
        );
    }
}

#[test]
fn a_long_text_takes_no_longer_a_character() {
    let text = "138-0000 1111 2单元502、503 6222 ".repeat(2_000);
    assert_eq!(find(&text).len(), 3 * 2_000);
    assert!(find(&"5".repeat(20_000)).is_empty());
    assert_eq!(find(&"13".repeat(10_000)).len(), 1);
}

/// Each kind, in groups as it may be written, and how many of its digits are somebody's.
fn planted() -> impl Strategy<Value = (Personal, Vec<&'static str>)> {
    use Personal::{Card, Identity, Landline, Phone};
    select(vec![
        (Phone, vec!["13907654321"]),
        (Phone, vec!["139", "0765", "4321"]),
        (Phone, vec!["139", "07654321"]),
        (Phone, vec!["1390765", "4321"]),
        (Phone, vec!["1", "3", "9", "0", "7", "6", "5", "4", "3", "2", "1"]),
        (Landline, vec!["0951", "8765432"]),
        (Landline, vec!["010", "8765", "4321"]),
        (Landline, vec!["0951", "876", "5432"]),
        (Identity, vec!["11010519491231002X"]),
        (Identity, vec!["110105", "19491231", "002X"]),
        (Identity, vec!["110105", "1949", "1231", "002X"]),
        (Identity, vec!["110105491231002"]),
        (Card, vec!["6222021234567890128"]),
        (Card, vec!["6222", "0212", "3456", "7890", "128"]),
    ])
}

fn separator() -> impl Strategy<Value = String> {
    let one = select(vec![
        " ", "  ", "\u{a0}", "\u{3000}", "-", "－", "—", "——", "–", "_", "~", ".", "．", "·", "。", "/",
        "／", "\\", "|", "\n", "\t", "\u{2028}", " - ", ")", "】",
    ]);
    (one, hidden()).prop_map(|(one, hidden)| format!("{hidden}{one}{hidden}"))
}

fn hidden() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", "", "", "\u{200b}", "\u{ad}", "\u{200c}", "\u{2060}", "\u{fe0f}", "\u{3164}"])
}

/// One character as it may be written.
fn written(c: char, hand: u8) -> String {
    let Some(digit) = c.to_digit(10) else {
        return if hand.is_multiple_of(2) { c.to_string() } else { c.to_lowercase().to_string() };
    };
    let row = match hand {
        0 => "０１２３４５６７８９",
        1 => "〇一二三四五六七八九",
        2 => "零幺两三四五六七八九",
        3 => "٠١٢٣٤٥٦٧٨٩",
        4 => "⓪①②③④⑤⑥⑦⑧⑨",
        _ => "0123456789",
    };
    row.chars().nth(digit as usize).unwrap().to_string()
}

fn neighbour() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,6}[ ，：年月]",
        "[a-wyz]{1,4} ?",
        "[灯坏了找王姐周户]{1,4}",
        "[ \n。，、：-]{1,3}",
        "[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2} ",
    ]
}

fn after() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ ，：年月][0-9]{1,6}",
        " ?[a-wyz]{1,4}",
        "[灯坏了找王姐周户]{1,4}",
        "[ \n。，、：-]{1,3}",
        " [0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_neighbour_separator_or_spelling_hides_a_number(
        (kind, groups) in planted(),
        separator in separator(),
        hands in prop::collection::vec(0_u8..12, 24),
        hidden in hidden(),
        before in neighbour(),
        after in after(),
    ) {
        let mut hands = hands.into_iter().cycle();
        let spelled: Vec<String> = groups
            .iter()
            .map(|group| {
                let all: Vec<String> = group.chars().map(|c| written(c, hands.next().unwrap())).collect();
                all.join(hidden)
            })
            .collect();
        let number = spelled.join(&separator);
        let text = format!("{before}{number}{after}");
        let span = before.len()..before.len() + number.len();
        prop_assert!(
            find(&text).iter().any(|found| found.span.start <= span.start && found.span.end >= span.end),
            "{kind:?} {text:?}: {:?}", told(&text)
        );
        let masked = mask(&text);
        for group in &spelled {
            // What stands beside the number may happen to be written as a part of it is.
            let beside = before.contains(group.as_str()) || after.contains(group.as_str());
            let is_short = group.chars().count() < 4;
            prop_assert!(is_short || beside || !masked.contains(group.as_str()), "{text:?}: {masked:?}");
        }
    }

    #[test]
    fn digits_glued_to_a_mobile_number_do_not_hide_it(before in "[0-9]{0,4}", after in "[0-9]{0,4}") {
        let number = "13907654321";
        let masked = mask(&format!("{before}{number}{after}"));
        prop_assert!(!masked.contains(number), "{}", masked);
    }

    #[test]
    fn a_door_is_found_beside_anything(
        door in select(vec!["502室", "502 室", "3-2-502", "3栋2单元502", "2单元502", "五〇二室", "2单元502号", "5 0 2 室"]),
        before in prop_oneof![
            Just(String::new()), "[灯坏了找王姐]{1,4}", "[ \n。，：]{1,3}", "1[3-9][0-9]{9} ", "20[0-9]{2}-1[0-2]-2[0-8] ",
        ],
        after in prop_oneof![
            Just(String::new()), "[灯坏了找王姐]{1,4}", "[ \n。，：]{1,3}", "[ -]1[3-9][0-9]{9}", " 20[0-9]{2}-1[0-2]-2[0-8]",
        ],
    ) {
        let text = format!("{before}{door}{after}");
        let masked = mask(&text);
        prop_assert!(!masked.contains("502") && !masked.contains("五〇二") && !masked.contains("5 0 2"), "{text:?}: {masked:?}");
    }

    #[test]
    fn plates_and_addresses_are_found_beside_anything(
        (words, rest) in select(vec![
            ("京A12345", "12345"), ("宁A·D12345", "12345"), ("粤 B 12345", "12345"), ("沪a123 45", "123 45"),
            ("wang.wu@example.com", "wu@"), ("WANG＠QQ．COM", "ＱＱ"),
        ]),
        before in neighbour(),
        after in prop_oneof![Just(String::new()), "[灯坏了找王姐]{1,4}", "[ \n，：][0-9]{1,6}"],
    ) {
        let text = format!("{before}{words}{after}");
        prop_assert!(!mask(&text).contains(rest), "{text:?}: {:?}", mask(&text));
    }

    #[test]
    fn masking_twice_is_masking_once(
        raw in prop_oneof![
            "[0-9xX室号楼单元户栋#＃1386@.a京A\n ，、〇一二-]{0,60}",
            "([0-9]{1,11}[- .,/室号户、]{0,2}){0,12}",
            "\\PC{0,60}",
            "[⒈⒉⑪⑫½㎡①3-9 -]{0,40}",
        ],
    ) {
        let masked = mask(&raw);
        prop_assert!(find(&masked).is_empty(), "{raw:?} -> {masked:?}: {:?}", told(&masked));
        prop_assert_eq!(mask(&masked), masked.clone());
        let mut end = 0;
        for found in find(&raw) {
            prop_assert!(found.span.start >= end && found.span.start < found.span.end);
            prop_assert!(raw.is_char_boundary(found.span.start) && raw.is_char_boundary(found.span.end));
            end = found.span.end;
        }
    }

    #[test]
    fn a_mobile_number_is_found_in_any_mix_of_digits_and_signs(
        second in 3_u8..10,
        rest in "[0-9]{9}",
        hands in prop::collection::vec(0_usize..SCRIPTS.len(), 11),
        sign in select(SIGNS.to_vec()),
        groups in select(vec![vec![3, 4, 4], vec![11], vec![3, 8], vec![7, 4], vec![3, 2, 2, 2, 2], vec![1; 11]]),
        before in select(vec!["", "找我", "电话：", "请打 ", "（"]),
        after in select(vec!["", "谢谢", "，晚上打", "）", "。"]),
    ) {
        // What is more than a space or a dash stands between usual groups only.
        let (few, spoken) = (groups.len() <= 3 || groups.len() == 11, sign.trim().is_empty() || sign == "-");
        prop_assume!(few || spoken);
        let number = format!("1{second}{rest}");
        let mut written = String::new();
        let mut left = groups.into_iter();
        let mut size = left.next().unwrap_or(11);
        for (c, hand) in number.chars().zip(hands) {
            if size == 0 {
                written.push_str(sign);
                size = left.next().unwrap_or(11);
            }
            size -= 1;
            written.push(SCRIPTS[hand].chars().nth(c.to_digit(10).unwrap() as usize).unwrap());
        }
        let text = format!("{before}{written}{after}");
        let span = before.len()..before.len() + written.len();
        prop_assert!(
            find(&text).iter().any(|found| found.span.start <= span.start && found.span.end >= span.end),
            "{text:?}: {:?}", told(&text)
        );
    }

    #[test]
    fn a_sum_of_money_is_no_telephone(
        number in "1[3-9][0-9]{9}",
        before in select(vec!["", "投入", "金额", "预算："]),
        unit in select(vec!["元", "万元", " 元", "块", "亿元", "元，已公示", "人民币"]),
    ) {
        prop_assert!(find(&format!("{before}{number}{unit}")).is_empty(), "{before}{number}{unit}");
        let (millions, rest) = number.split_at(2);
        let grouped = format!("{millions},{},{},{}", &rest[..3], &rest[3..6], &rest[6..]);
        prop_assert!(find(&format!("{before}{grouped}{unit}")).is_empty(), "{before}{grouped}{unit}");
    }
}

/// Digits as they may be written, nought first.
const SCRIPTS: [&str; 9] = [
    "0123456789",
    "０１２３４５６７８９",
    "〇一二三四五六七八九",
    "零幺两三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾",
    "⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽",
    "٠١٢٣٤٥٦٧٨٩",
];
/// What may stand between them.
const SIGNS: [&str; 22] = [
    " ", "-", "、", "，", "：", ";", "*", "+", "★", "→", "…", "#", "=", "&", "^", "'", "“", "😀", "·", " / ",
    "！", "~",
];
