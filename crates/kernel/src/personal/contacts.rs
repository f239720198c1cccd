//! How somebody is reached but by telephone: e-mail addresses, also those that are spelled out,
//! and names in chat programs behind the program's name. Accounts and groups that are everyone's
//! (公众号, 群) are left.

use super::fold::{Folded, is_separator};
use super::{Note, Personal, Sure};

/// What at is written as, with nothing or a space around it.
const ATS: &[&str] = &["@", "[AT]", "(AT)", "{AT}", "<AT>", "艾特", "爱特", "小老鼠", "圈A", "#AT#", "_AT_"];
/// And what a dot is.
const DOTS: &[&str] = &[".", "。", "点", "[DOT]", "(DOT)", "{DOT}", " DOT ", ",", "·"];
/// Hosts that people have their mail at, where it is spelled out.
const HOSTS: &[&str] = &[
    "QQ", "163", "126", "SINA", "GMAIL", "OUTLOOK", "HOTMAIL", "FOXMAIL", "139", "189", "SOHU", "ALIYUN",
    "21CN", "YEAH", "ICLOUD", "VIP", "YAHOO", "TOM", "LIVE",
];
/// Chat programs as they are written, the longer first.
const CHATS: &[&str] = &[
    "微信",
    "威信",
    "薇信",
    "维信",
    "WECHAT",
    "WEIXIN",
    "V信",
    "VX",
    "WX",
    "扣扣",
    "QQ",
    "企鹅",
    "抖音",
    "快手",
    "支付宝",
    "TELEGRAM",
    "WHATSAPP",
    "钉钉",
    "小红书",
    "微博",
];
/// What any of these begins with: most characters of a text begin none.
const FRONTS: &str = "@[({<艾爱小圈#_ ";
const CHAT_FRONTS: &str = "微威薇维WVQ扣企抖快支T钉小";
/// What may stand between a program and the name.
const BETWEEN: &[&str] =
    &["号码", "号", "账号", "帐号", "ID", "是", "为", ":", "加", "搜", "=", "同号", "联系"];

pub(super) fn find(folded: &Folded, note: &mut Note) {
    let contacts = Contacts { folded };
    for (at, cell) in folded.cells.iter().enumerate() {
        if FRONTS.contains(cell.c) {
            contacts.mail(at, note);
            contacts.spelled(at, note);
        }
        if CHAT_FRONTS.contains(cell.c) {
            contacts.chat(at, note);
        }
    }
}

struct Contacts<'f> {
    folded: &'f Folded,
}

impl Contacts<'_> {
    fn is(&self, cell: usize, what: impl Fn(char) -> bool) -> bool {
        self.folded.char(cell).is_some_and(what)
    }

    /// Where the name before this cell begins and ends, past spaces.
    fn name(&self, at: usize) -> (usize, usize) {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let mut start = at;
        while start > 0 && self.is(start - 1, char::is_whitespace) {
            start -= 1;
        }
        let name = start;
        while start > 0 && self.is(start - 1, is_name) {
            start -= 1;
        }
        // 王老师@163.com.
        let han = |c: char| c.is_alphabetic() && !c.is_ascii();
        let mut named = start;
        if start == name {
            while named > 0 && name - named < 4 && self.is(named - 1, han) {
                named -= 1;
            }
        }
        (named, name)
    }

    fn mail(&self, at: usize, note: &mut Note) {
        if self.folded.char(at) != Some('@') {
            return;
        }
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '。');
        let (start, name) = self.name(at);
        let mut end = at + 1;
        while self.is(end, char::is_whitespace) {
            end += 1;
        }
        let host = end;
        while self.is(end, is_host) {
            end += 1;
        }
        // A full stop or a dash after the address is none of it.
        while end > host && self.is(end - 1, is_separator) {
            end -= 1;
        }
        let parts = self.folded.cells[host..end].split(|cell| matches!(cell.c, '.' | '。'));
        let letters =
            parts.clone().next_back().is_some_and(|top| top.iter().any(|cell| cell.c.is_ascii_uppercase()));
        if start < name && letters && parts.clone().count() >= 2 && parts.clone().all(|part| !part.is_empty())
        {
            note(Personal::Mail, Sure::Certain, start..end);
        }
    }

    /// wang[at]qq.com, wang艾特qq点com, wang at qq dot com.
    fn spelled(&self, at: usize, note: &mut Note) {
        let apart = self.folded.followed(at, &[" AT "]).then_some(at + 4);
        let Some(after) = self.folded.past(at, ATS).or(apart) else { return };
        let (start, name) = self.name(at);
        let host = self.folded.onward(after);
        let Some(end) = self.folded.past(host, HOSTS) else { return };
        let spaces = (end..).take_while(|cell| self.is(*cell, char::is_whitespace)).count();
        let dot = self.folded.past(end, DOTS).or_else(|| self.folded.past(end + spaces, DOTS));
        let Some(dot) = dot else { return };
        let top = (dot..).find(|cell| !self.is(*cell, char::is_whitespace)).unwrap_or(dot);
        let letters = (top..).take_while(|cell| self.is(*cell, |c| c.is_ascii_uppercase())).count();
        if start < name && letters >= 2 {
            note(Personal::Mail, Sure::Certain, start..top + letters);
        }
    }

    /// 微信：lamp_8888, QQ 12345678, wxid_….
    fn chat(&self, at: usize, note: &mut Note) {
        let before = at.checked_sub(1).and_then(|before| self.folded.char(before));
        if before.is_some_and(|c| c.is_ascii_alphanumeric())
            && self.folded.char(at).is_some_and(|c| c.is_ascii())
        {
            return;
        }
        if self.folded.followed(at, &["WXID_"]) {
            let end = self.id(at);
            note(Personal::Chat, Sure::Certain, at..end);
            return;
        }
        let Some(mut from) = self.folded.past(at, CHATS) else { return };
        let named = from;
        loop {
            let space = self.is(from, |c| is_separator(c) && c != '。').then_some(from + 1);
            match self.folded.past(from, BETWEEN).or(space) {
                Some(next) if next - at <= 20 => from = next,
                _ => break,
            }
        }
        let end = self.id(from);
        let id: String = self.folded.cells[from..end].iter().map(|cell| cell.c).collect();
        // QQ邮箱123456@qq.com is a mail address; 微信 APP is none.
        if !(5..=24).contains(&id.len()) || self.is(end, |c| c == '@') {
            return;
        }
        let digits = id.bytes().filter(u8::is_ascii_digit).count();
        let letters = id.bytes().any(|byte| byte.is_ascii_alphabetic());
        let marked = id.contains(['_', '-']) || (digits > 0 && letters);
        let said = self.folded.cells[named..from].iter().any(|cell| !is_separator(cell.c));
        let sure = match (marked, letters, said) {
            (true, _, _) => Sure::Certain,
            (false, false, _) => Sure::Certain,
            (false, true, true) => Sure::Likely,
            (false, true, false) => return,
        };
        // A name of letters alone must be said to be one; an amount of money is none.
        if digits == id.len() && self.folded.followed(end, &["元", "人", "个", "次", "群", "户", "万"])
        {
            return;
        }
        note(Personal::Chat, sure, from..end);
    }

    /// Where an id that begins at this cell ends.
    fn id(&self, from: usize) -> usize {
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let mut end = from;
        while self.is(end, is_id) {
            end += 1;
        }
        while end > from && self.is(end - 1, |c| c == '-') {
            end -= 1;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_begins_otherwise_than_is_looked_for() {
        assert!(ATS.iter().all(|word| word.starts_with(|c| FRONTS.contains(c))));
        assert!(CHATS.iter().all(|word| word.starts_with(|c| CHAT_FRONTS.contains(c))));
    }
}
