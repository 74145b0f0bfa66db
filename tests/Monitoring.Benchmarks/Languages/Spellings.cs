using System.Text;

namespace Monitoring.Benchmarks.Languages;

/// <summary>
/// Text in other spellings of the same language, letter by letter: Kazakh in the alphabets of 2018 and 2021, in the older Latin one of news agencies, in the two
/// plain ones that people type, and in Arabic letters (töte jazu); Uzbek in its other script; Russian in Latin letters, which is none of ours.
/// </summary>
internal static class Spellings
{
    private const string Common = "а a б b в v д d е e з z л l м m о o п p р r с s т t ф f";

    private static readonly (string From, string To, string Letters)[] Tables =
    [
        ("kk-Cyrl", "kk-Latn-2021", Common + " ә ä г g ғ ğ ё io ж j и i й i к k қ q н n ң ñ ө ö у u ұ ū ү ü х h һ h ц ts ч ch ш ş щ ş ъ - ы y і i ь - э e ю iu я ia"),
        ("kk-Cyrl", "kk-Latn-2018", Common + " ә á г g ғ ǵ ё ıo ж j и ı й ı к k қ q н n ң ń ө ó у ý ұ u ү ú х h һ h ц ts ч ch ш sh щ sh ъ - ы y і i ь - э e ю ıý я ıa"),
        ("kk-Cyrl", "kk-Latn-agency", Common + " ә ä г g ғ ğ ё yo ж j и ï й y к k қ q н n ң ñ ө ö у w ұ u ү ü х x һ h ц c ч ç ш ş щ şş ъ - ы ı і i ь - э é ю yu я ya"),
        ("kk-Cyrl", "kk-Latn-plainq", Common + " ә a г g ғ g ё yo ж j и i й i к k қ q н n ң n ө o у u ұ u ү u х h һ h ц ts ч ch ш sh щ sh ъ - ы y і i ь - э e ю yu я ya"),
        ("kk-Cyrl", "kk-Latn-plaink", Common + " ә a г g ғ g ё yo ж zh и i й y к k қ k н n ң n ө o у u ұ u ү u х kh һ h ц ts ч ch ш sh щ sh ъ - ы y і i ь - э e ю yu я ya"),
        ("ru-Cyrl", "other-Latn-russian", Common + " г g ё yo ж zh и i й y к k н n у u х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya"),
        ("kk-Cyrl", "kk-Arab", "а ا ә ا б ب в ۆ г گ ғ ع д د е ە ё يو ж ج з ز и ي й ي к ك қ ق л ل м م н ن ң ڭ о و ө و п پ р ر с س т ت у ۋ ұ ۇ ү ۇ ф ف х ح һ ھ ц تس ч چ ш ش щ شش ъ - ы ى і ى ь - э ە ю يۋ я يا , ، ; ؛ ? ؟"),
        ("uz-Latn", "uz-Cyrl", "sh ш ch ч yo ё yu ю ya я ye е oʻ ў gʻ ғ a а b б d д e е f ф g г h ҳ i и j ж k к l л m м n н o о p п q қ r р s с t т u у v в x х y й z з ʼ ъ"),
        ("uz-Cyrl", "uz-Latn", "а a б b в v г g ғ gʻ д d е e ё yo ж j з z и i й y к k қ q л l м m н n о o п p р r с s т t у u ў oʻ ф f х x ҳ h ц ts ч ch ш sh ъ ʼ ь - э e ю yu я ya ы i щ sh"),
    ];

    /// <summary>The other classes that a text of one class also gives.</summary>
    public static IEnumerable<(string Class, string Text)> Of(string language, string text) =>
        Tables.Where(table => table.From == language).Select(table => (table.To, Respell(table.To, table.Letters.Split(' '), text)));

    private static string Respell(string to, string[] letters, string text)
    {
        var spelled = new StringBuilder(text.Length);
        foreach (var word in text.Split(' '))
        {
            var start = spelled.Append(' ').Length;
            for (var at = 0; at < word.Length;)
            {
                at += Append(spelled, letters, word, at);
            }

            // Töte jazu says once before the word that its vowels are front, unless к, г or е say it already.
            if (to == "kk-Arab" && word.IndexOfAny(['ә', 'ө', 'ү', 'і', 'Ә', 'Ө', 'Ү', 'І']) >= 0 && word.IndexOfAny(['к', 'г', 'е', 'К', 'Г', 'Е']) < 0)
            {
                spelled.Insert(start, 'ء');
            }
        }

        return spelled.ToString();
    }

    private static int Append(StringBuilder spelled, string[] letters, string word, int at)
    {
        for (var i = 0; i < letters.Length; i += 2)
        {
            var (from, to) = (letters[i], letters[i + 1]);
            if (word.AsSpan(at).StartsWith(from, StringComparison.OrdinalIgnoreCase))
            {
                var isUpper = char.IsUpper(word[at]);
                spelled.Append(to == "-" ? "" : isUpper ? char.ToUpperInvariant(to[0]) + to[1..] : to);
                return from.Length;
            }
        }

        spelled.Append(word[at]);
        return 1;
    }
}
