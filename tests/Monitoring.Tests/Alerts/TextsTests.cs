using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Alerts.Mails;
using Monitoring.Languages;

namespace Monitoring.Tests.Alerts;

public sealed partial class TextsTests
{
    public static TheoryData<string> OtherLanguages => [.. Texts.Languages.Where(language => language != "en")];

    [Fact]
    public void Mails_speak_three_languages()
    {
        Assert.Equal(["en", "kk", "ru"], Texts.Languages.Order());
    }

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void Every_language_has_the_same_keys(string language)
    {
        Assert.Equal(Texts.English.Keys.Order(), Texts.Of(language).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void Every_text_has_the_same_places_in_every_language(string language)
    {
        Assert.All(Texts.English.Keys, key => Assert.Equal((key, Places(Texts.English[key])), (key, Places(Texts.Of(language)[key]))));
    }

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void No_text_is_empty_or_left_in_english(string language)
    {
        Assert.All(
            Texts.English.Keys.Where(key => Word().IsMatch(Texts.English[key].Replace("DNS", "", StringComparison.Ordinal).Replace("HTTP", "", StringComparison.Ordinal))),
            key => Assert.NotEqual(Texts.English[key], Texts.Of(language)[key]));
    }

    [Fact]
    public void An_unknown_text_is_named_in_the_complaint()
    {
        Assert.Equal("No text is called 'no.such'.", Assert.Throws<KeyNotFoundException>(() => Texts.English["no.such"]).Message);
    }

    [Theory]
    [InlineData("@mechanism.dns", "listed as «DNS»")]
    [InlineData("@no.such", "listed as «@no.such»")] // an address from outside
    [InlineData("#seconds:12000", "listed as «3 h 20 min»")]
    [InlineData("#seconds:много", "listed as «#seconds:много»")]
    [InlineData("#seconds:99999999999", "listed as «#seconds:99999999999»")]
    [InlineData("{0} {7} {", "listed as «{0} {7} {»")] // a title with places of its own
    [InlineData("", "listed as «»")]
    public void A_value_is_said_as_it_is_unless_it_names_a_text_or_a_duration(string value, string expected)
    {
        Assert.Equal(expected, Texts.English.Say(Reason.Of("reason.listed", value)));
    }

    [Theory]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3600, "1 h 0 min")]
    [InlineData(172_799, "47 h 59 min")]
    [InlineData(172_800, "2 d 0 h")]
    [InlineData(31_536_000, "365 d 0 h")]
    public void A_duration_is_said_in_its_two_largest_units(int seconds, string expected)
    {
        Assert.Equal(expected, Texts.English.SayDuration(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("{\"a\": \"fine {0}\", \"b.c\": \"open {0\"}", "texts.xx.json: the text 'b.c' is malformed")]
    [InlineData("{\"b.c\": \"named {name}\"}", "texts.xx.json: the text 'b.c' is malformed")]
    [InlineData("{\"b.c\": \"closed 0}\"}", "texts.xx.json: the text 'b.c' is malformed")]
    [InlineData("{\"b.c\": \" \"}", "texts.xx.json: the text 'b.c' is empty")]
    [InlineData("{\"b.c\": null}", "texts.xx.json: the text 'b.c' is empty")]
    [InlineData("{\"b.c\": \"one\",\n \"b.c\": \"two\"}", "texts.xx.json, line ")]
    [InlineData("{\n\"b.c\": 7}", "texts.xx.json, line 2: ")]
    [InlineData("{\"b.c\": \"one\"", "texts.xx.json, line 1: ")]
    [InlineData("null", "texts.xx.json: a JSON object of texts is expected")]
    public void A_malformed_text_is_named_before_any_mail_is_written(string file, string complaint)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));

        Assert.StartsWith(complaint, Assert.Throws<InvalidDataException>(() => Texts.Read("texts.xx.json", stream)).Message, StringComparison.Ordinal);
    }

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();

    [Fact]
    public void Every_language_that_an_item_can_be_found_in_has_a_word()
    {
        Assert.All(Texts.Languages, language => Assert.All(LanguageDetector.Languages, found => Assert.NotEmpty(Texts.Of(language)["language." + found])));
    }
}
