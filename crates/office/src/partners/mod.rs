//! Partners: their table, the tokens by which their programs are known, and on which day each was
//! used last. What such a program raises is raised in matters.

mod facts;
pub mod reads;
pub(crate) mod tables;

use crate::places::reads::{ledger, ledger_by_slug, place};
use crate::{Failure, Office};
use reads::{KNOWN, PartnerRow, USED};
use yishi_domain::partners::{OpenPartner, PartnerId, PartnerMay};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Moment, OrganisationId, PlaceId};
use yishi_store::ledgers::LedgerRow;
use yishi_store::{Fault, args};

/// Letters of a token behind the ledger's word: 130 bits that nobody can guess.
const LETTERS: usize = 26;

/// What an administrator opens.
#[derive(Clone, Debug)]
pub struct Opening {
    /// For which place, and all below it.
    pub place: PlaceId,
    /// Whose program it is.
    pub organisation: OrganisationId,
    /// What the program is called.
    pub name: String,
    /// What it may do.
    pub may: PartnerMay,
    /// From when on it holds no more.
    pub expires: Moment,
}

/// A partner's program, known by its token.
#[derive(Clone, Debug)]
pub struct Known {
    /// The ledger that keeps the token.
    pub ledger: PlaceId,
    /// The token's stream.
    pub id: PartnerId,
    /// Whose program it is.
    pub organisation: OrganisationId,
    /// What it may do.
    may: PartnerMay,
    place: PlaceId,
}

/// What a token comes to.
#[derive(Clone, Debug)]
pub enum Token {
    /// It is that of this program.
    Of(Known),
    /// It was revoked, or its time is over.
    Ended,
    /// It is none of ours.
    Unknown,
}

impl Known {
    /// Whether it may raise matters.
    #[must_use]
    pub fn raises(&self) -> bool {
        self.may == PartnerMay::Raise
    }
}

impl Office {
    /// Opens a partner's token, and says it: it is kept nowhere, and follows from the form, so that
    /// the same form sent twice opens one.
    ///
    /// # Errors
    /// When the actor may not, or the time is too long.
    pub async fn open_partner(&self, actor: &Actor, opening: Opening) -> Result<String, Failure> {
        let row = ledger(&self.db, self.ledger_of(opening.place).await?).await?.ok_or(Common::Unknown)?;
        let token = format!("{}.{}", row.slug, self.word_for("token", LETTERS)?);
        let Opening { place, organisation, name, may, expires } = opening;
        let digest = self.digest_of_token(&row, &token)?;
        let id = PartnerId(self.id_of("partner"));
        let command = OpenPartner { place, organisation, name, may, expires, digest };
        self.start_by_form(actor, row.ledger, id, command).await?;
        Ok(token)
    }

    /// Whose a token is; that it was used today is noted.
    ///
    /// # Errors
    /// When the store fails, or the ledger's key cannot be read.
    pub async fn partner(&self, token: &str) -> Result<Token, Fault> {
        let Some((slug, word)) = token.split_once('.') else { return Ok(Token::Unknown) };
        if word.len() != LETTERS {
            return Ok(Token::Unknown);
        }
        let Some(row) = ledger_by_slug(&self.db, slug).await? else { return Ok(Token::Unknown) };
        let (digest, now) = (self.digest_of_token(&row, token)?, self.now());
        let found = KNOWN.first(&self.db, &args![row.ledger, digest.as_str()]).await?;
        // An index finds it by what begins alike; that it is the same is told in a time that says nothing.
        let keyed = self.keys.keyed(&row, TOKENS)?;
        let kept = |one: &PartnerRow| one.digest.clone().unwrap_or_default();
        let Some(found) = found.filter(|one| keyed.same(&kept(one), &digest)) else {
            return Ok(Token::Unknown);
        };
        if found.revoked.is_some() || found.expires <= now {
            return Ok(Token::Ended);
        }
        let today = now.end_of_day_after(0).plus_seconds(-86_400);
        if found.used != Some(today) {
            self.db.execute(vec![USED.with(args![row.ledger, found.id, today])]).await?;
        }
        let PartnerRow { ledger, id, organisation, may, place, .. } = found;
        Ok(Token::Of(Known { ledger, id, organisation, may, place }))
    }

    /// Whether a program's token holds for a ledger: for its place, and all below it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn reaches(&self, partner: &Known, ledger: PlaceId) -> Result<bool, Fault> {
        let path = place(&self.db, ledger).await?.map(|row| row.path).unwrap_or_default();
        Ok(path.contains(&partner.place))
    }

    fn digest_of_token(&self, row: &LedgerRow, token: &str) -> Result<String, Fault> {
        let bytes = self.keys.keyed(row, TOKENS)?.digest(token);
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// What the key of a ledger makes digests of tokens for.
const TOKENS: &str = "partner-token";
