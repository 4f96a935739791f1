//! What people are told: episodes that begin and end, a notification of each for whoever asked, and by which way.
//!
//! An episode is announced once and its end told once: the rows are unique, whoever looks and however often.

mod due;
mod episodes;
mod list;
mod settings;

pub use due::mail_due_at;
pub use episodes::{
    Episode, EpisodeKind, NewEpisode, begin_episode, end_episode, list_open_episodes, load_episode_of,
};
pub use list::{
    NewNotification, Notification, Phase, count_unread, delete_old_notifications, has_due_notification,
    list_notifications, list_people_with_mail, notify, read_notifications, take_due_notifications,
};
pub use settings::{MailRhythm, NotificationSettings, Quiet, Ways, load_settings, save_settings};
