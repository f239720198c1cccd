//! The frame of every page: head, navigation, foot.

use crate::View;
use crate::assets::{CSS, HTMX, JS};
use crate::texts::Locale;
use crate::ui::encoded;
use maud::{DOCTYPE, Markup, html};

/// What stands under the head.
#[derive(Clone, Debug, Default)]
pub enum Nav {
    /// Nothing.
    #[default]
    None,
    /// Nothing, and no head and no foot either: a screen that many look at from afar.
    Screen,
    /// Links of a community's public pages: its word in links and its name.
    Community {
        /// Its word in links.
        slug: String,
        /// Its name.
        name: String,
    },
    /// Links of somebody signed in: name, and links with their texts.
    Staff {
        /// The person's name.
        name: String,
        /// Links with their texts.
        links: Vec<(String, String)>,
        /// What to tell this person before the page says anything, where there is something.
        told: Option<String>,
    },
}

/// How wide a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// For lists and tables.
    #[default]
    Wide,
    /// For forms and reading.
    Narrow,
}

/// A page.
#[derive(Debug)]
pub struct Page<'a> {
    /// Its language.
    pub locale: Locale,
    /// How large things are.
    pub view: View,
    /// Its own link, to come back to after changing language or view.
    pub here: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What stands under the head.
    pub nav: Nav,
    /// How wide it is.
    pub width: Width,
    /// What it says.
    pub main: Markup,
}

impl Page<'_> {
    /// The whole page.
    #[must_use]
    pub fn render(self) -> Markup {
        let t = self.locale;
        let back = encoded(self.here);
        let (other, other_tag) = t.pick(("English", "en"), ("中文", "zh-Hans"));
        let (elder_text, standard_text) = (t.say("view-elder"), t.say("view-standard"));
        let (size, size_word, size_other) = match self.view {
            View::Standard => (elder_text, "elder", standard_text),
            View::Elder => (standard_text, "standard", elder_text),
        };
        let elder = (self.view == View::Elder).then_some("elder");
        let is_screen = matches!(self.nav, Nav::Screen);
        let main_class = match self.width {
            _ if is_screen => "screen",
            Width::Wide => "wrap",
            Width::Narrow => "wrap narrow",
        };
        html! {
            (DOCTYPE)
            html lang=(t.tag()) data-view=[elder] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="same-origin";
                    meta name="theme-color" content="#0d3f37";
                    meta name="htmx-config" content="{\"includeIndicatorCSS\":false}";
                    title { (self.title) " · " (t.say("brand")) }
                    link rel="stylesheet" href=(CSS.href);
                    link rel="icon" href="data:,";
                    script src=(HTMX.href) defer {}
                    script src=(JS.href) defer {}
                }
                body {
                    a.skip href="#main" { (t.say("skip")) }
                    @if !is_screen {
                        header.top {
                            div.wrap {
                                a.brand href="/" { span.seal aria-hidden="true" { "议" } (t.say("brand")) }
                                div.tools {
                                    a href={ "/preferences?view=" (size_word) "&back=" (back) } data-resize=(size_other) { (size) }
                                    a href={ "/preferences?lang=" (other_tag) "&back=" (back) } lang=(other_tag) { (other) }
                                }
                            }
                        }
                    }
                    (nav(&self.nav, t, self.here))
                    main #main class=(main_class) tabindex="-1" { (told(&self.nav)) (self.main) }
                    @if !is_screen {
                        footer.foot { div.wrap {
                            p { (t.say("foot-promise")) }
                            p { (t.say("foot-record")) " " a href="/help" { (t.say("foot-help")) } }
                            p { (t.with("foot-version", &[("version", &env!("CARGO_PKG_VERSION"))])) }
                        } }
                    }
                }
            }
        }
    }
}

fn told(nav: &Nav) -> Markup {
    let told = match nav {
        Nav::Staff { told, .. } => told.as_deref(),
        Nav::None | Nav::Screen | Nav::Community { .. } => None,
    };
    html! { @if let Some(told) = told { div.notice role="status" { p { (told) } } } }
}

fn nav(nav: &Nav, t: Locale, here: &str) -> Markup {
    let path = here.split('?').next().unwrap_or_default();
    let current = |href: &str| (path == href).then_some("page");
    match nav {
        Nav::None | Nav::Screen => html! {},
        Nav::Community { slug, name } => {
            let board = format!("/c/{slug}");
            let raise = format!("/c/{slug}/raise");
            html! {
                nav.nav aria-label=(t.say("nav-community")) { div.wrap {
                    a href=(board) aria-current=[current(&board)] { (name) " · " (t.say("board-title")) }
                    a href=(raise) aria-current=[current(&raise)] { (t.say("raise-action")) }
                    a href="/mine" aria-current=[current("/mine")] { (t.say("find-receipt")) }
                } }
            }
        }
        Nav::Staff { name, links, .. } => html! {
            // On a phone only the desk and this page, and all once the menu was tapped.
            nav #menu .nav.folded aria-label=(t.say("nav-staff")) { div.wrap {
                @for (href, text) in links { a href=(href) aria-current=[current(href)] { (text) } }
                a href="/signout" { (t.with("nav-signout", &[("name", name)])) }
                a.menu href="#menu" { (t.say("nav-menu")) }
            } }
        },
    }
}
