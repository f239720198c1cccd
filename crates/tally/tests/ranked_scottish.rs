//! Real elections with known outcomes, where the data lies beside the project; else nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use serde_json::Value;
use yishi_tally::ranked::{Profile, Rule, count};

#[test]
fn elections_come_out_as_other_programs_count_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ranked_scot");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected_ranked.json")) else {
        println!("no elections beside the project: nothing compared");
        return;
    };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let mut compared = 0;
    for (file, facts) in expected.as_object().unwrap() {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else { continue };
        let profile = Profile::parse(&text).unwrap();
        assert_eq!(profile.candidates() as u64, facts["candidates"].as_u64().unwrap(), "{file}");
        assert_eq!(profile.voters(), facts["voters"].as_u64().unwrap(), "{file}");
        assert_eq!(profile.ballots().len() as u64, facts["distinct"].as_u64().unwrap(), "{file}");
        for (program, rule) in [
            ("pref_voting_beat_path", Rule::Schulze),
            ("pref_voting_irv_trunc", Rule::Irv),
            ("pyrankvote_irv", Rule::Irv),
            ("pref_voting_stv_scottish", Rule::Stv),
            ("pyrankvote_stv", Rule::Stv),
        ] {
            // They count candidates from 0.
            let Some(winners) = facts["results"][program]["winners"].as_array() else { continue };
            let winners: Vec<usize> =
                winners.iter().map(|winner| usize::try_from(winner.as_u64().unwrap()).unwrap() + 1).collect();
            let outcome = count(&profile, rule, None).unwrap();
            assert_eq!(outcome.winners, winners, "{file} {program}");
            compared += 1;
        }
    }
    println!("{compared} outcomes compared");
}
