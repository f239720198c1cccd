//! What a form asks for is recorded once, however often it comes and however many of it arrive at
//! one moment; with something else in it it is told and not taken.

use super::browser::{Answer, Browser, photo};
use super::dispatch::in_hand;
use super::meetings::{call, done, hidden, main_of, scene};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use tokio::task::JoinSet;
use yishi_kernel::PlaceId;
use yishi_office::DERIVED;
use yishi_office::ledgers::head;
use yishi_office::people::reads::accounts;
use yishi_office::places::reads::{place as row, posters};
use yishi_store::rebuild::{digests, rebuild};
use yishi_testkit::{TestStore, neighbourhood, stores};
use yishi_web::routes::Takes;

/// A form on a page: where it stands, where it goes, and how.
struct Form {
    page: String,
    action: String,
    takes: Takes,
}

/// The forms of a page that are sent: where each goes, and what stands in it.
pub fn forms(body: &str) -> Vec<(&str, &str)> {
    let tags = body.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap());
    let posted = tags.filter(|form| form.split('>').next().unwrap().contains("method=\"post\""));
    posted.map(|form| (form.split("action=\"").nth(1).unwrap().split('"').next().unwrap(), form)).collect()
}

impl Form {
    fn of(page: &str, word: &str, takes: Takes) -> Self {
        Self { page: page.to_owned(), action: format!("{page}/{word}"), takes }
    }

    /// Its word, on a page as it was shown.
    fn word(&self, body: &str) -> String {
        let own = forms(body).into_iter().find(|(action, _)| *action == self.action);
        let (_, form) = own.unwrap_or_else(|| panic!("no {} in {}", self.action, main_of(body)));
        let word = hidden(form, "once");
        assert_eq!(word.len(), 38, "{}", self.action);
        word.to_owned()
    }

    async fn send(&self, browser: &Browser, word: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("once", word)], fields].concat();
        match self.takes {
            Takes::Parts => browser.post_files(&self.action, &fields, &[photo(7)]).await,
            Takes::Form | Takes::Json | Takes::Nothing => browser.post(&self.action, &fields).await,
        }
    }

    /// Sends it three times at one moment and once later: one entry, and one answer.
    async fn once(&self, store: &TestStore, ledger: PlaceId, browser: &Browser, fields: &[(&str, &str)]) {
        self.many(store, ledger, browser, fields, 1).await;
    }

    /// The same for what is recorded in so many entries.
    async fn many(
        &self,
        store: &TestStore,
        ledger: PlaceId,
        browser: &Browser,
        fields: &[(&str, &str)],
        entries: i64,
    ) {
        let (office, action) = (&store.office, &self.action);
        let word = self.word(&browser.get(&self.page).await.body);
        let before = head(&office.db, ledger).await.unwrap();
        let mut sent = JoinSet::new();
        for _ in 0..3 {
            let (browser, word) = (browser.clone(), word.clone());
            let form = Self { page: self.page.clone(), action: action.clone(), takes: self.takes };
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            sent.spawn(async move {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                form.send(&browser, &word, &fields).await
            });
        }
        let mut answers: Vec<Answer> = sent.join_all().await;
        answers.push(self.send(browser, &word, fields).await);
        let shown: BTreeSet<(u16, &str)> =
            answers.iter().map(|answer| (answer.status.as_u16(), answer.location.as_str())).collect();
        assert_eq!(shown.len(), 1, "{}: {action}: {shown:?}", store.engine());
        assert!(answers[0].status != StatusCode::CONFLICT, "{}", main_of(&answers[0].body));
        let after = head(&office.db, ledger).await.unwrap();
        assert_eq!(after, before + entries, "{}: {action}: {shown:?}", store.engine());
    }

    /// Sends it with a word that was sent before and something else in it: told, kept, not taken;
    /// and sent again from the page that says so it is.
    async fn otherwise(
        &self,
        store: &TestStore,
        ledger: PlaceId,
        browser: &Browser,
        both: [&[(&str, &str)]; 2],
    ) {
        let word = self.word(&browser.get(&self.page).await.body);
        done(&self.send(browser, &word, both[0]).await);
        let before = head(&store.office.db, ledger).await.unwrap();
        let told = self.send(browser, &word, both[1]).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}: {}", store.engine(), self.action);
        assert!(told.body.contains("已经提交并记录过"), "{}", main_of(&told.body));
        assert!(told.body.contains(both[1].last().unwrap().1), "{}", main_of(&told.body));
        assert_eq!(head(&store.office.db, ledger).await.unwrap(), before, "{}", self.action);
        let fresh = self.word(&told.body);
        assert_ne!(fresh, word);
        done(&self.send(browser, &fresh, both[1]).await);
        assert_eq!(head(&store.office.db, ledger).await.unwrap(), before + 1, "{}", self.action);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_equal_forms_at_one_moment_are_one_entry() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let ledger = here.community;
        let scene = scene(office, &here).await;
        let worker = &scene.worker;
        let (_, number) = in_hand(office, &here, "once").await;
        let matter = format!("/w/xinglin/{number}");

        let progress = Form::of(&matter, "progress", Takes::Parts);
        progress.once(&store, ledger, worker, &[("progress-note", "已联系路灯管理所")]).await;
        let both = [&[("progress-note", "甲方已到场")][..], &[("progress-note", "乙方已到场")]];
        progress.otherwise(&store, ledger, worker, both).await;
        // Two people may say the same.
        let word = progress.word(&worker.get(&matter).await.body);
        let before = head(&office.db, ledger).await.unwrap();
        for browser in [worker, &scene.colleague] {
            done(&progress.send(browser, &word, &[("progress-note", "还在等配件")]).await);
        }
        assert_eq!(head(&office.db, ledger).await.unwrap(), before + 2, "{}", store.engine());
        // What goes on elsewhere by it looks the same, however often it is sent.
        let to = format!("organisation/{}", here.property);
        let hand = [("hand-over-holder", to.as_str()), ("hand-over-reason", "灯归物业")];
        Form::of(&matter, "hand-over", Takes::Form).once(&store, ledger, worker, &hand).await;

        let lamps = format!("organisation/{}", here.lamps);
        for (kind, form) in [
            ("work", "0190a1b2c3d43456789abcdefghjkmnpqrstuv"),
            ("letter", "0190a1b2c3d4456789abcdefghjkmnpqrstuvw"),
        ] {
            let (_, number) = in_hand(office, &here, kind).await;
            let fields = [
                ("form", form),
                ("kind", kind),
                ("item", "repair"),
                ("task", "换灯泡"),
                ("acceptance", "亮"),
                ("holder", lamps.as_str()),
                ("limit", "ordinary"),
            ];
            let sent = worker.post(&format!("/w/xinglin/{number}/order"), &fields).await;
            done(&sent);
            let order = sent.location;
            if kind == "letter" {
                let follow = Form::of(&order, "follow-up", Takes::Form);
                follow.once(&store, ledger, worker, &[("follow-up-note", "已电话催办")]).await;
                let both = [&[("follow-up-note", "又催了")][..], &[("follow-up-note", "再催了")]];
                follow.otherwise(&store, ledger, worker, both).await;
            } else {
                let officer = scene.visitor.signed_in(office, &here.lamp_officer).await;
                done(&officer.post(&format!("{order}/report-in"), &[]).await);
                let progress = Form::of(&order, "progress", Takes::Parts);
                progress.once(&store, ledger, &officer, &[("progress-note", "换了三盏")]).await;
            }
        }

        let page = format!("/w/xinglin/g/{}", call(office, &here, &scene).await.number);
        let keeper = scene.visitor.signed_in(office, &here.keeper).await;
        let plan = [("speak-form", "plan"), ("speak-text", "换十盏节能灯，报价三千元")];
        Form::of(&page, "state", Takes::Form).once(&store, ledger, &keeper, &plan).await;
        let posted = [("post-at", "3号楼门口")];
        Form::of(&page, "post", Takes::Parts).once(&store, ledger, worker, &posted).await;
        // The marks are no part of what is shown: the tables made anew are the same.
        let shown = digests(&office.db, &DERIVED).await.unwrap();
        rebuild(&office.db, &DERIVED).await.unwrap();
        assert_eq!(digests(&office.db, &DERIVED).await.unwrap(), shown, "{}", store.engine());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_form_opens_is_opened_once() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let keeper = Browser::new(office).signed_in(office, &here.administrator).await;
        let place = format!("/admin/places/{}", here.building);
        let at = row(&office.db, here.building).await.unwrap().unwrap();
        let posters_of = async || posters(&office.db, &at).await.unwrap().len();
        let before = posters_of().await;
        Form::of(&place, "poster", Takes::Form).once(&store, here.community, &keeper, &[]).await;
        assert_eq!(posters_of().await, before + 1, "{}", store.engine());
        let stairwell = [("kind", "stairwell"), ("name", "9单元")];
        Form::of(&place, "open", Takes::Form).once(&store, here.community, &keeper, &stairwell).await;

        let people = format!("/admin/places/{}/people", here.community);
        let account = Form { page: people.clone(), action: format!("{people}/open"), takes: Takes::Form };
        // The account, and the link to set a password with, which is the same each time.
        account.many(&store, here.community, &keeper, &[("name", "新来的")], 2).await;
        let of_name = accounts(&office.db, here.community).await.unwrap();
        assert_eq!(of_name.iter().filter(|row| row.name == "新来的").count(), 1, "{}", store.engine());
    }
}
