//! The board, the targets and the incidents of the demo: every card has an answer, every target a distance.

use otklik_metrics::{list_boards, list_incidents, load_board};
use otklik_platform::Scope;

use super::Planted;

pub async fn check(planted: &mut Planted) {
    every_card_of_the_board_answers(planted).await;
    targets_have_a_distance(planted).await;
    let incidents = list_incidents(&planted.app.store).await.unwrap();
    let day = planted.truth("spike")["windows"][1]["from"].clone();
    let marked = incidents.iter().any(|incident| Some(incident.content.on.as_str()) == day.as_str());
    planted.expect(marked, format_args!("nobody wrote down what happened on {day}"));
}

async fn every_card_of_the_board_answers(planted: &mut Planted) {
    let boards = list_boards(&planted.app.store).await.unwrap();
    planted.expect(!boards.is_empty(), format_args!("there is no board"));
    for board in boards {
        for card in load_board(&planted.app.store, &board.id).await.unwrap().content.cards {
            let answered = planted.app.answer(&Scope::Company, card.query, None).await;
            let has_rows =
                answered.is_ok_and(|answer| answer.overall.value.is_some() || !answer.rows.is_empty());
            planted.expect(has_rows, format_args!("card {} of «{}» says nothing", card.key, board.name));
        }
    }
}

async fn targets_have_a_distance(planted: &mut Planted) {
    let aims = planted.app.list_aims(&Scope::Company).await.unwrap();
    planted.expect(aims.len() > 1, format_args!("{} targets", aims.len()));
    for aim in aims {
        planted.expect(aim.progress.is_ok(), format_args!("{:?}", aim.progress));
    }
}
