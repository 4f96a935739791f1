//! Letters wait in the outbox, and what is attached lives as long as they need it.

use otklik_platform::PlatformError;
use otklik_platform::letters::{
    LETTER, Letter, delete_old_attachments, enqueue_letter, keep_attachment, load_attachments,
};
use otklik_store::outbox::{claim_message, confirm_message};
use otklik_store::{Actor, StoreError};
use otklik_testkit::both;

use crate::{DAY_MS, change, wait};

fn letter(to: &[&str]) -> Letter {
    Letter {
        to: to.iter().map(|&address| address.to_owned()).collect(),
        subject: "Отчёт за октябрь".to_owned(),
        text: "Внутри.".to_owned(),
        html: None,
        attachments: Vec::new(),
    }
}

both! {
    async fn a_letter_leaves_with_the_change_and_finds_its_files(store: TestStore) {
        let mut tx = store.begin(Actor::System).await.unwrap();
        let second = keep_attachment(&mut tx, "b.pdf", "application/pdf", &[0, 255, 7]).await.unwrap();
        let first = keep_attachment(&mut tx, "отчёт.xlsx", "application/zip", b"").await.unwrap();
        let attachments = vec![first.clone(), second];
        let sent = Letter { attachments, ..letter(&["Anna@Bank.example"]) };
        enqueue_letter(&mut tx, &sent).await.unwrap();
        tx.commit().await.unwrap();

        let message = claim_message(&store, &[LETTER]).await.unwrap().unwrap();
        let read: Letter = message.payload().unwrap();
        assert_eq!(read, Letter { to: vec!["anna@bank.example".to_owned()], ..sent });
        let files = load_attachments(&store, &read.attachments).await.unwrap();
        assert_eq!(
            files.iter().map(|file| (file.name.as_str(), file.content.as_slice())).collect::<Vec<_>>(),
            [("отчёт.xlsx", &b""[..]), ("b.pdf", &[0, 255, 7])]
        );

        wait(&store, 20 * DAY_MS);
        assert_eq!(change!(store, delete_old_attachments).unwrap(), 0, "the letter still waits");
        confirm_message(&store, &message).await.unwrap();
        assert_eq!(change!(store, delete_old_attachments).unwrap(), 2);
        let gone = load_attachments(&store, &[first]).await.unwrap_err();
        assert!(matches!(gone, StoreError::NotFound { entity: "attachment" }));
    }

    async fn a_letter_to_nobody_is_refused(store: TestStore) {
        for to in [&[][..], &["anna"], &["anna@bank.example", "@"]] {
            let refused = change!(store, enqueue_letter, &letter(to)).unwrap_err();
            assert!(matches!(refused, PlatformError::EmailInvalid), "{to:?}");
        }
    }
}
