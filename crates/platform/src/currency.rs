//! Currencies: the alphabetic codes of ISO 4217 that are money people pay with.

use crate::PlatformError;

/// What a company counts money in unless it says otherwise.
pub const DEFAULT_CURRENCY: &str = "RUB";

/// The codes of ISO 4217 in use in 2026, without metals, funds and codes for tests.
const CODES: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY \
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR \
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK \
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF \
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU \
    UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// All codes that a company may count in, in their order.
pub fn currencies() -> impl Iterator<Item = &'static str> {
    CODES.split(' ')
}

/// Reads a code in either case.
///
/// # Errors
/// [`PlatformError::CurrencyUnknown`].
pub fn read_currency(text: &str) -> Result<String, PlatformError> {
    let code = text.trim().to_ascii_uppercase();
    if currencies().any(|known| known == code) {
        Ok(code)
    } else {
        Err(PlatformError::CurrencyUnknown(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_three_capitals_and_stands_once() {
        let codes: Vec<&str> = CODES.split(' ').collect();
        assert!(codes.iter().all(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())));
        assert!(codes.is_sorted_by(|a, b| a < b), "in order, none twice");
        assert!(codes.contains(&DEFAULT_CURRENCY));
    }

    #[test]
    fn codes_are_read_in_either_case_and_nothing_else_is() {
        assert_eq!(read_currency(" kzt ").unwrap(), "KZT");
        for wrong in ["", "RU", "RUR", "рубль", "AED AFN", "XAU"] {
            assert_eq!(read_currency(wrong).unwrap_err().code(), "currency_unknown", "{wrong}");
        }
    }
}
