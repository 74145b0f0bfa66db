namespace Monitoring.App.Costs;

/// <summary>What is watched, and how much comes of it in a day.</summary>
internal sealed record CostPlan
{
    public double Feeds { get; init; } = 100;

    public double Pages { get; init; }

    public double Sites { get; init; } = 200;

    /// <summary>The direct one included; every other has a proxy and a canary.</summary>
    public double Vantages { get; init; } = 3;

    /// <summary>All of them get a digest a day.</summary>
    public double Recipients { get; init; } = 5;

    /// <summary>New items of a source in a day. Each is taken to come alone, which costs most.</summary>
    public double NewItems { get; init; } = 10;

    /// <summary>Part of the new items whose source gives little text, so that their own page is read.</summary>
    public double Teasers { get; init; } = 0.5;

    /// <summary>Part of the new items that are flagged.</summary>
    public double Flagged { get; init; } = 0.05;

    /// <summary>Mails sent at once in a day, to all recipients together.</summary>
    public double Mails { get; init; } = 20;

    /// <summary>Part of the checks from one vantage that find a site not reachable as it should be; all that they saw is kept.</summary>
    public double Trouble { get; init; } = 0.05;

    /// <summary>Minutes between two visits of a source; 0: the schedule finds them.</summary>
    public double EveryMinutes { get; init; }

    public double Sources => Feeds + Pages;

    public int KindsOfSource => (Feeds > 0 ? 1 : 0) + (Pages > 0 ? 1 : 0);

    public double Proxies => Math.Max(0, Vantages - 1);
}
