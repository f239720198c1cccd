//! Serving: binds the address, seals in the background, stops when asked to.

use crate::{Data, Stop};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use yishi_office::background;
use yishi_pages::FEATURES;
use yishi_web::{App, router};

/// How to serve.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    data: Data,
    /// Address to listen on.
    #[arg(long, env = "YISHI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address under which people reach the program, as it stands in QR codes.
    #[arg(long, env = "YISHI_PUBLIC_URL")]
    public_url: Option<String>,
}

/// Serves an existing store until asked to stop.
///
/// # Errors
/// When there is none, or the address is taken.
pub async fn run(options: Options) -> Result<(), Stop> {
    let office = options.data.existing().await?;
    for fault in office.wrong_keys().await? {
        tracing::error!(%fault, "a ledger cannot be sealed; the others are");
    }
    office.adopt_shipped_rules().await?;
    let app = match options.public_url {
        Some(public_url) => App::new(office, &public_url, FEATURES),
        None => App::new(office, &format!("http://{}", options.listen), FEATURES).by_any_name(),
    };
    serve(app, options.listen).await
}

/// Serves until asked to stop.
///
/// # Errors
/// When the address is taken.
pub async fn serve(app: App, listen: SocketAddr) -> Result<(), Stop> {
    let taken = |error| Stop::Usage(format!("cannot listen on {listen}: {error}; choose another --listen"));
    let listener = TcpListener::bind(listen).await.map_err(taken)?;
    println!("Serving {} ({})", app.public_url, app.office.db.engine());
    let office = app.office.clone();
    let working = tokio::spawn(background::run(office.clone()));
    axum::serve(listener, router(Arc::new(app)))
        .with_graceful_shutdown(stopped())
        .await
        .map_err(|error| Stop::Usage(error.to_string()))?;
    working.abort();
    // Nothing waits for the next start, which may come in a week.
    office.seal().await?;
    Ok(())
}

/// Ctrl-C, or a service manager's polite request.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}
