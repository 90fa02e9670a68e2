//! What an option of a service costs, as people write it: `成人：5元`, `Adults: £5 (per session)`.

use super::nested::Object;
use super::service::line;
use super::text;
use crate::content::LanguageTag;

/// Currencies by their codes (ISO 4217), with the word behind an amount in Chinese and the sign before one in English.
const CURRENCIES: [(&str, &str, &str); 12] = [
    ("AUD", "澳元", "A$"),
    ("CAD", "加元", "CA$"),
    ("CNY", "元", "CN¥"),
    ("EUR", "欧元", "€"),
    ("GBP", "英镑", "£"),
    ("HKD", "港元", "HK$"),
    ("INR", "印度卢比", "₹"),
    ("JPY", "日元", "¥"),
    ("KRW", "韩元", "₩"),
    ("MOP", "澳门元", "MOP$"),
    ("NZD", "新西兰元", "NZ$"),
    ("USD", "美元", "$"),
];

/// What one option costs, in the words of a language.
pub(super) fn cost(option: &Object, first: &LanguageTag) -> Option<String> {
    let said = |field: &str| text(option.get(field)).map(|said| line(&said));
    let in_chinese = first.is_chinese();
    let amount = said("amount").map(|amount| money(&amount, &said("currency").unwrap_or_default(), in_chinese));
    let words = match (amount, said("amount_description")) {
        (Some(amount), Some(about)) if in_chinese => format!("{amount}（{about}）"),
        (Some(amount), Some(about)) => format!("{amount} ({about})"),
        (Some(amount), None) => amount,
        (None, about) => about?,
    };
    Some(match said("option") {
        Some(option) if in_chinese => format!("{option}：{words}"),
        Some(option) => format!("{option}: {words}"),
        None => words,
    })
}

/// An amount with its currency; one of which we have no word is written by its code.
fn money(amount: &str, currency: &str, in_chinese: bool) -> String {
    let known = CURRENCIES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(currency));
    match known {
        Some((_, word, _)) if in_chinese => format!("{amount}{word}"),
        Some((.., sign)) => format!("{sign}{amount}"),
        None if !currency.is_ascii() => format!("{amount}{currency}"),
        None => format!("{amount} {currency}").trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_word_or_the_sign_of_its_currency() {
        for (currency, chinese, english) in [
            ("CNY", "5元", "CN¥5"),
            ("gbp", "5英镑", "£5"),
            ("元", "5元", "5元"),
            ("XAU", "5 XAU", "5 XAU"),
            ("", "5", "5"),
        ] {
            assert_eq!(money("5", currency, true), chinese);
            assert_eq!(money("5", currency, false), english);
        }
    }
}
