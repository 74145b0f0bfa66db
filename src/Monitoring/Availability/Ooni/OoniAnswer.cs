namespace Monitoring.Availability.Ooni;

/// <param name="Axis">A network's number, a country, or a blocking_type, as text; empty if the row has none.</param>
public sealed record OoniRow(string Domain, string Axis, OoniCounts Counts);

/// <summary>What became of a question to OONI.</summary>
public abstract record OoniAnswer
{
    private OoniAnswer()
    {
    }

    /// <param name="MayAskOn">False: the server's quota for us is used up.</param>
    public sealed record Read(IReadOnlyList<OoniRow> Rows, bool MayAskOn) : OoniAnswer;

    /// <summary>The server asks us to come later.</summary>
    public sealed record Later(TimeSpan After) : OoniAnswer;

    /// <summary>No answer, or none that can be used.</summary>
    /// <param name="Problem">What was found and expected; holds no bytes of the answer but names of fields.</param>
    public sealed record Unusable(string Problem) : OoniAnswer;
}
