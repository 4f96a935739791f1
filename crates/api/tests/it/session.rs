//! Signing in: cookie, the header that foreign pages cannot send, too many tries, signing out.

use axum::http::StatusCode;
use otklik_api::{Config, TrustedProxies};
use otklik_platform::passwords::hash_password;
use otklik_platform::people::{Grant, NewPerson, create_person};
use otklik_platform::{Role, invitations};
use otklik_store::Actor;
use otklik_testkit::{Answer, Caller, TestApi, TestApp, both};
use serde_json::json;

const PASSWORD: &str = "верный пароль";

async fn add_person(app: &TestApp) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let grants = vec![Grant { unit: None, role: Role::Admin }];
    let (email, name) = ("anna@example.com".to_owned(), "Анна".to_owned());
    let new = NewPerson {
        email,
        name,
        language: None,
        grants,
        password: Some(hash_password(PASSWORD).await.unwrap()),
    };
    create_person(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sign_in(caller: &Caller, password: &str) -> Answer {
    caller.post("/api/session", json!({ "email": "Anna@example.com", "password": password })).await
}

/// The same caller with the cookie of the answer.
fn with_cookie(caller: &Caller, answer: &Answer) -> Caller {
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    caller.with_header("cookie", cookie.split(';').next().unwrap())
}

both! {
    async fn a_cookie_reads_and_changes_only_from_our_own_pages(store: TestStore) {
        let app = TestApp::new(store).await;
        add_person(&app).await;
        let nobody = TestApi::new(&app).nobody();
        let answer = sign_in(&nobody, PASSWORD).await;
        assert_eq!(answer.ok()["email"], "anna@example.com");
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let page = with_cookie(&nobody, &answer);
        assert_eq!(page.get("/api/session").await.ok()["name"], "Анна");
        let profile = json!({ "name": "Анна Б.", "language": "ru" });
        assert_eq!(page.put("/api/profile", profile.clone()).await.error(), (403, "csrf".to_owned()));
        assert_eq!(page.delete("/api/session").await.error(), (403, "csrf".to_owned()));
        assert_eq!(page.get("/api/session").await.ok()["name"], "Анна", "nothing has changed");
        let ours = page.with_header("x-otklik-csrf", "1");
        ours.put("/api/profile", profile).await.ok();
        assert_eq!(page.get("/api/session").await.ok()["name"], "Анна Б.");
        ours.delete("/api/session").await.ok();
        assert_eq!(page.get("/api/session").await.error(), (401, "unauthenticated".to_owned()));
    }

    async fn ten_wrong_passwords_and_then_patience(store: TestStore) {
        let app = TestApp::new(store).await;
        add_person(&app).await;
        let nobody = TestApi::new(&app).nobody();
        for _ in 0..10 {
            assert_eq!(sign_in(&nobody, "неверный пароль").await.error(), (401, "wrong_credentials".to_owned()));
        }
        let refused = sign_in(&nobody, PASSWORD).await;
        assert_eq!(refused.error(), (429, "too_many_requests".to_owned()));
        let seconds: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
        assert!(refused.message().contains(&seconds.to_string()), "{}", refused.message());
    }

    async fn tries_are_counted_by_the_address_behind_a_trusted_proxy(store: TestStore) {
        let app = TestApp::new(store).await;
        let trusted_proxies = TrustedProxies::parse(&["10.0.0.0/8".to_owned()]).unwrap();
        let api = TestApi::with_config(&app, Config { trusted_proxies, ..Config::default() });
        let (guesser, neighbour) = ("198.51.100.1", "198.51.100.2");
        let behind = |proxy: &str, client: &str| api.nobody().from_address(proxy).with_header("x-forwarded-for", client);
        for n in 0..10 {
            let guess = json!({ "email": format!("{n}@example.com"), "password": "неверный пароль" });
            assert_eq!(behind("10.0.0.1", guesser).post("/api/session", guess).await.status, 401);
        }
        assert_eq!(sign_in(&behind("10.0.0.2", guesser), PASSWORD).await.status, 429);
        assert_eq!(sign_in(&behind("10.0.0.1", neighbour), PASSWORD).await.status, 401);
        // Nobody else chooses the address they are counted by.
        for n in 0..10 {
            let liar = behind("203.0.113.9", &format!("198.51.100.{n}"));
            let guess = json!({ "email": format!("x{n}@example.com"), "password": "неверный пароль" });
            assert_eq!(liar.post("/api/session", guess).await.status, 401);
        }
        assert_eq!(sign_in(&behind("203.0.113.9", "198.51.100.77"), PASSWORD).await.status, 429);
    }

    async fn the_list_of_sessions_tells_which_one_asks(store: TestStore) {
        let app = TestApp::new(store).await;
        add_person(&app).await;
        let nobody = TestApi::new(&app).nobody();
        let phone = with_cookie(&nobody, &sign_in(&nobody.with_header("user-agent", "phone"), PASSWORD).await);
        let laptop = with_cookie(&nobody, &sign_in(&nobody.with_header("user-agent", "laptop"), PASSWORD).await);
        for (page, own) in [(phone, "phone"), (laptop, "laptop")] {
            let sessions = page.get("/api/sessions").await.ok();
            let current: Vec<_> = sessions.as_array().unwrap().iter().filter(|s| s["current"] == true).collect();
            assert_eq!((current.len(), &current[0]["agent"]), (1, &json!(own)));
        }
    }

    async fn a_new_password_ends_all_sessions(store: TestStore) {
        let app = TestApp::new(store).await;
        add_person(&app).await;
        let nobody = TestApi::new(&app).nobody();
        let page = with_cookie(&nobody, &sign_in(&nobody, PASSWORD).await).with_header("x-otklik-csrf", "1");
        let change = |current: &str| json!({ "current": current, "new": "другой пароль" });
        assert_eq!(page.put("/api/password", change("неверный")).await.error(), (422, "wrong_credentials".to_owned()));
        page.put("/api/password", change(PASSWORD)).await.ok();
        assert_eq!(page.get("/api/session").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(sign_in(&nobody, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        sign_in(&nobody, "другой пароль").await.ok();
    }

    async fn the_first_start_and_an_invitation_let_people_in(store: TestStore) {
        let app = TestApp::new(store).await;
        let nobody = TestApi::new(&app).nobody();
        assert_eq!(nobody.get("/api/start").await.ok()["needs_administrator"], true);
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        let token = invitations::create_invitation(&mut tx, None).await.unwrap();
        tx.commit().await.unwrap();
        let new = json!({ "token": token, "email": "a@example.com", "name": "Анна", "password": PASSWORD });
        let admin = nobody.post("/api/start", new.clone()).await;
        assert_eq!(admin.ok()["company_role"], "admin");
        assert_eq!(nobody.post("/api/start", new).await.error(), (422, "link_expired".to_owned()));
        let admin = with_cookie(&nobody, &admin).with_header("x-otklik-csrf", "1");
        let colleague = json!({ "email": "b@example.com", "name": "Борис", "grants": [{ "unit": null, "role": "viewer" }] });
        let link = admin.post("/api/people", colleague).await.ok()["invitation"].as_str().unwrap().to_owned();
        assert_eq!(nobody.get(&format!("/api{}", link.replace("invitation", "invitations"))).await.ok()["name"], "Борис");
        let path = format!("/api{}", link.replace("/invitation/", "/invitations/"));
        let signed = nobody.post(&path, json!({ "password": PASSWORD })).await;
        assert_eq!(signed.ok()["company_role"], "viewer");
        assert_eq!(nobody.get(&path).await.status, StatusCode::NOT_FOUND, "once");
    }
}
