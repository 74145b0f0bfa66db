using System.Globalization;
using Monitoring.Languages;
using Monitoring.Tests.Violations;
using Monitoring.Violations;

namespace Monitoring.Benchmarks.Violations;

/// <summary>How often the kinds of act in labelled texts are told, by language, kind of text and type.</summary>
internal static class ViolationScore
{
    private static readonly string[] Languages = ["en", "ru", "kk"];
    private static readonly string[] MustFind = ["ASSAULT", "DETENTION", "ARREST", "SEARCH", "BLOCKING", "CLOSURE"];

    /// <param name="set"><c>tuning</c>, <c>kept-apart</c>, or a file of such rows.</param>
    public static int Run(string set, bool showsMistakes)
    {
        var rows = set switch
        {
            "tuning" => LabelledSentence.Tuning,
            "kept-apart" => LabelledSentence.KeptApart,
            _ => LabelledSentence.ReadFile(set),
        };
        var told = rows.Select(row => (Row: row, Codes: ViolationFinder.Find(TokenizedText.Of(row.Text), []).Select(violation => violation.Type.Code).ToList())).ToList();
        foreach (var group in told.GroupBy(one => (one.Row.Language, one.Row.Kind)).OrderBy(group => group.Key))
        {
            var isNothing = group.Key.Kind is "context" or "other";
            var right = group.Count(one => isNothing ? one.Codes.TrueForAll(code => code == ViolationType.Context) : one.Codes.FirstOrDefault() == one.Row.First);
            var any = group.Count(one => one.Codes.Contains(one.Row.First));
            Say($"{group.Key.Language} {group.Key.Kind,-8} {group.Count(),4} rows   {(isNothing ? "unflagged" : "first right")} {Share(right, group.Count())}{(isNothing ? "" : $"   at any rank {Share(any, group.Count())}")}");
        }

        foreach (var type in told.Where(one => one.Row.Kind is "press" or "civic").GroupBy(one => one.Row.First).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var cells = Languages.Select(language =>
            {
                var of = type.Where(one => one.Row.Language == language).ToList();
                return $"{language} {of.Count,3}: first {of.Count(one => one.Codes.FirstOrDefault() == type.Key),3}, any {of.Count(one => one.Codes.Contains(type.Key)),3}";
            });
            Say($"{type.Key,-14} {string.Join("   ", cells)}");
        }

        var must = told.Where(one => one.Row.Kind == "press" && MustFind.Contains(one.Row.First)).ToList();
        Say($"{string.Join(", ", MustFind)} of press rows at any rank: {Share(must.Count(one => one.Codes.Contains(one.Row.First)), must.Count)}");
        foreach (var (row, codes) in showsMistakes ? told.Where(IsWrong) : [])
        {
            Say($"\n[{row.Language} {row.Kind}] {row.First} ({string.Join(' ', row.Others)}) <> {string.Join(' ', codes)}\n{row.Text}");
            foreach (var violation in ViolationFinder.Find(TokenizedText.Of(row.Text), [], least: 0).Take(5))
            {
                Say($"    {violation.Type.Code} {violation.Score:0.00} {violation.Victim} «{row.Text.Substring(violation.Cue.Start, violation.Cue.Length)}» {string.Join(' ', violation.Reasons.Skip(1).Select(reason => reason.Text))}");
            }
        }

        return rows.Count == 0 ? 1 : 0;
    }

    private static bool IsWrong((LabelledSentence Row, List<string> Codes) one) => one.Row.Kind is "context" or "other"
        ? one.Codes.Exists(code => code != ViolationType.Context)
        : one.Codes.FirstOrDefault() != one.Row.First;

    private static string Share(int count, int of) => string.Create(CultureInfo.InvariantCulture, $"{count}/{of} = {100.0 * count / Math.Max(1, of):0.0} %");

    private static void Say(string line) => Console.WriteLine(line);
}
