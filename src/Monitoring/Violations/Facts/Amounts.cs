using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Violations.Facts;

/// <summary>A sum of money.</summary>
/// <param name="Currency">ISO 4217; <c>MCI</c> for monthly calculation indices (МРП, АЕК), in which fines are set.</param>
public sealed record Amount(decimal Value, string Currency, Mark Mark);

/// <summary>Finds sums in Russian, Kazakh and English: <c>5 млн тенге</c>, <c>80.000 EUR</c>, <c>$500</c>, <c>100 АЕК</c>.</summary>
public static partial class Amounts
{
    private const int Most = 20;

    private static readonly (string Begins, decimal Factor)[] Scales =
        [("billion", 1e9m), ("bn", 1e9m), ("млрд", 1e9m), ("миллиард", 1e9m), ("million", 1e6m), ("mln", 1e6m), ("млн", 1e6m), ("миллион", 1e6m), ("thousand", 1e3m), ("тыс", 1e3m), ("мың", 1e3m)];

    private static readonly (string Begins, string Currency)[] Currencies =
    [
        ("тенге", "KZT"), ("теңге", "KZT"), ("tenge", "KZT"), ("kzt", "KZT"), ("₸", "KZT"), ("тг", "KZT"), ("usd", "USD"), ("dollar", "USD"), ("долл", "USD"), ("$", "USD"),
        ("eur", "EUR"), ("евро", "EUR"), ("еуро", "EUR"), ("€", "EUR"), ("руб", "RUB"), ("rub", "RUB"), ("roub", "RUB"), ("сум", "UZS"), ("сом", "KGS"), ("som", "KGS"),
        ("мрп", "MCI"), ("аек", "MCI"), ("mci", "MCI"), ("monthly", "MCI"), ("месячн", "MCI"), ("айлық", "MCI"),
    ];

    /// <summary>The first twenty of a text.</summary>
    public static IReadOnlyList<Amount> Find(string text) =>
        [.. Sums().Matches(text).Take(Most).Select(Read).OfType<Amount>()];

    private static Amount? Read(Match match)
    {
        var scale = Scales.FirstOrDefault(one => match.Groups["scale"].Value.StartsWith(one.Begins, StringComparison.OrdinalIgnoreCase)).Factor;
        var currency = Currencies.First(one => match.Groups["currency"].Value.StartsWith(one.Begins, StringComparison.OrdinalIgnoreCase)).Currency;
        return Number(match.Groups["number"].Value) is { } number ? new Amount(number * (scale == 0 ? 1 : scale), currency, new Mark(match.Index, match.Length)) : null;
    }

    /// <summary>Three digits behind a separator are thousands, others a fraction: <c>80.000</c>, <c>1,5</c>.</summary>
    private static decimal? Number(string written)
    {
        var separator = written.LastIndexOfAny([',', '.', ' ', '\u00a0', '\u202f']);
        var isFraction = separator >= 0 && written[separator] is ',' or '.' && written.Length - separator - 1 != 3;
        var whole = string.Concat((isFraction ? written[..separator] : written).Where(char.IsAsciiDigit));
        var number = whole + (isFraction ? "." + written[(separator + 1)..] : "");
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    [GeneratedRegex(
        @"(?<currency>[$€₸])\s?(?<number>[1-9]\d{0,2}(?:[ .,\u00a0\u202f]\d{3}){1,3}(?!\d)|\d{1,12}(?:[.,]\d{1,2})?)(?:\s?(?<scale>million|billion|thousand|mln|bn)\b)?|(?<![\d.,])(?<number>[1-9]\d{0,2}(?:[ .,\u00a0\u202f]\d{3}){1,3}(?!\d)|\d{1,12}(?:[.,]\d{1,2})?)\s?(?<scale>million|billion|thousand|mln|bn|млрд|млн|миллиард\p{L}{0,4}|миллион\p{L}{0,4}|тысяч\p{L}{0,2}|тыс|мың)?\.?\s?(?<currency>тенге|теңге|tenge|KZT|₸|тг\b|USD|dollars?|доллар|долл\b|\$|EUR|euros?|евро|еуро|€|рубл|руб\b|roubles?|rubles?|RUB|сумов|сум\b|сомов|сома?\b|soms?\b|МРП|АЕК|MCI|monthly calculation|месячных расч|айлық есеп)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Sums();
}
