//! The table of records of scenes.

use crate::Viewed;
use crate::concern::Follows;
use crate::features::next;
use crate::papers::Issued;
use yishi_domain::dispatch::{OrderId, Source};
use yishi_domain::papers::PaperKind;
use yishi_domain::scenes::{CORRECT, ERASE, Scene, SceneId, SceneStage, SceneStep};
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{Loaded, Moment, PlaceId, Right, Stream as _};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of scenes.
pub(crate) static TABLES: &[&Table] = &[SceneLine::TABLE];

table! {
    /// Records of scenes, by their order; `open` until all is done or the order is at its end,
    /// `came` how many bodies there were, `unsigned` how many of them have said nothing to it.
    pub(crate) SceneLine in "scene", key (ledger, id) {
        ledger: PlaceId,
        id: SceneId,
        number: Number,
        stage: SceneStage,
        work_order: OrderId,
        place: PlaceId,
        met: Moment,
        opened: Moment,
        came: u64,
        unsigned: u64,
        open: Flag,
        step: Option<SceneStep>,
        due: Option<Moment>,
    }
    index scene_order (ledger, work_order, opened, id);
}

impl Viewed for Scene {
    const ERASE: Option<&'static Right> = Some(&ERASE);
    const CORRECT: Option<&'static Right> = Some(&CORRECT);

    fn follows(&self) -> Follows {
        match self.source {
            Source::Action { topic, .. } => Follows { matters: Vec::new(), topics: vec![topic] },
            Source::Matter(matter) => Follows { matters: vec![matter], topics: Vec::new() },
        }
    }

    fn papers(&self) -> Vec<Issued> {
        vec![Issued::first(PaperKind::Scene, self.opened)]
    }

    fn rows(ledger: PlaceId, id: &str, scene: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let (step, due) = next(&scene.waits());
        Rows::of(SceneLine {
            ledger,
            id,
            number: Number::Own,
            stage: scene.stage,
            work_order: scene.order,
            place: scene.place,
            met: scene.met,
            opened: scene.opened,
            came: scene.came.len() as u64,
            unsigned: scene.unsigned().count() as u64,
            open: Flag::from(scene.ended.is_none()),
            step,
            due,
        })
    }
}
