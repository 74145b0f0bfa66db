using System.Globalization;

namespace Monitoring.Blocking.Analysis;

/// <summary>Verdicts with their reasons in words.</summary>
internal static class Say
{
    public static Verdict Verdict(string verdict, Grade grade, string rule, Measurement vantage, Measurement control) => new(verdict, grade, rule, [Both(vantage, control)]);

    public static Verdict Blocked(string kind, Grade grade, string rule, Measurement vantage, Measurement control) =>
        Verdict(Blocking.Verdict.BlockedPrefix + kind, grade, rule, vantage, control);

    public static Verdict Undecided(string rule, Measurement vantage, Measurement control) =>
        Verdict(Blocking.Verdict.Undecided, Grade.Insufficient, rule, vantage, control);

    public static Reason Both(Measurement vantage, Measurement control) => Reason.Of("reason.verdict", Seen(vantage), Seen(control));

    /// <summary>A few words on what a measurement came to: the failure of its last hop, or the status of its page.</summary>
    public static string Seen(Measurement measurement) =>
        measurement.Last.Failed is { } failed ? $"{Name(failed.Layer)}: {failed.Failure}" : $"HTTP {measurement.Last.Http!.Status}";

    public static string Name(Layer layer) => layer.ToString().ToLowerInvariant();

    public static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
