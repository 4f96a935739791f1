//! `otklik serve`: the server, its worker, its sender and its projector, until it is told to stop.

use std::net::SocketAddr;

use axum::Router;
use futures::future::join4;
use otklik_api::{ApiState, Config as ApiConfig};
use otklik_app::App;
use otklik_platform::{invitations, people};
use otklik_store::{Actor, jobs};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::public_address;
use crate::cli::ServeArgs;
use crate::config::Config;
use crate::failure::{Failure, usage};
use crate::{output, web};

pub async fn run(app: App, config: &Config, args: &ServeArgs) -> Result<(), Failure> {
    let listen = args.listen.as_deref().unwrap_or(&config.listen);
    serve(app.clone(), config, listen, web::router(), async |address| announce(&app, address).await).await
}

/// Serves the API and the screen; `announce` tells people the address.
pub async fn serve(
    app: App,
    config: &Config,
    listen: &str,
    screen: Router,
    announce: impl AsyncFnOnce(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let _lock = app.data.lock()?;
    jobs::release_jobs(&app.store).await?;
    let listener = TcpListener::bind(listen).await.map_err(|e| usage(format!("{listen}: {e}")))?;
    let listen = listener.local_addr().map_err(usage)?.to_string();
    app.load_facts().await?;
    let address = public_address(config, &listen);
    announce(&address).await?;
    let app = app.with_courier(config.courier(&address)?)?;
    let state = ApiState::new(
        app.clone(),
        ApiConfig {
            secure_cookies: config.secure_cookies,
            upload_limit_bytes: config.upload_limit_mb << 20,
            trusted_proxies: config.trusted_proxies()?,
            ..ApiConfig::default()
        },
    );
    let service = otklik_api::router(state, screen).into_make_service_with_connect_info::<SocketAddr>();
    let (stop, stopped) = watch::channel(false);
    let serving = async {
        let served = axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await;
        // The others stop when the last request is answered. Nobody listening is fine too.
        let _ = stop.send(true);
        served
    };
    let (served, (), (), ()) = join4(
        serving,
        app.work(until(stopped.clone())),
        app.deliver(until(stopped.clone())),
        app.project(until(stopped)),
    )
    .await;
    served.map_err(usage)
}

/// Prints where the server is, and on the first start the address that creates the administrator.
async fn announce(app: &App, address: &str) -> Result<(), Failure> {
    if !people::is_empty(&app.store).await? {
        output::line(format!("Otklik: {address}"));
        return Ok(());
    }
    let mut tx = app.store.begin(Actor::System).await?;
    let secret = invitations::create_invitation(&mut tx, None).await?;
    tx.commit().await?;
    output::line(output::word(
        "Откройте, чтобы завести администратора:",
        "Open this to create the administrator:",
    ));
    output::line(format!("{address}/start/{secret}"));
    Ok(())
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // The sender going away means the same.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => {
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
