"""Writes the vectors that the Rust reader of the embedding is compared with: text, tab, 256 numbers as binary16."""

import argparse
import pathlib

from model import Student

TEXTS = """
Карта не работает уже второй день
Деньги списали дважды, верните!
Приложение вылетает после обновления 5.12
Счёт №5 закрыли без моего ведома… Ёлки-палки
Спасибо сотруднице за помощь
[name] из отделения на [address] нахамил мне, телефон [phone]
переоформленнейший кредит-онлайн
ПОЧЕМУ ТАК ДОЛГО???
🙂👍
1 500 000 руб. за 12.05.2024
Неперсонифицированнейшая бюрократизация
приложуха тупит, комса конская
Card payment was declined, don't know why
My top-up hasn't arrived yet
Where's my refund? I've waited 3 weeks!!!
I'm being charged a fee of £3.50 for cash withdrawals
Great app, but sync w/ Garmin is sooo slow :(
unsubscribable hypercustomization
How do I verify my identity
The agent was rude and hung up
e-mail: support_team@example.org
ﬁnance ｆｕｌｌｗｉｄｔｈ naïve café
L'application ne fonctionne pas
不工作
Я love этот bank
""".strip().splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    vectors = Student(options.model.read_bytes()).embed(TEXTS)
    lines = (f"{text}\t{vector.astype('<f2').tobytes().hex()}\n" for text, vector in zip(TEXTS, vectors))
    options.out.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
