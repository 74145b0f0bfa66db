using System.Globalization;
using Monitoring.Fetching;

namespace Monitoring.Availability.Ooni;

/// <summary>Asks OONI's API one question. It does not know politeness: the caller holds the host's gate.</summary>
public sealed class OoniClient(Fetcher fetcher, OoniOptions options)
{
    /// <summary>For a refusal that does not say how long.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromMinutes(15);

    private const string Quota = "X-RateLimit-Remaining";

    public async Task<OoniAnswer> AskAsync(OoniQuery query, CancellationToken cancellationToken)
    {
        var result = await fetcher.FetchAsync(new FetchRequest(query.On(options.Api), "application/json", Validators: null), cancellationToken);
        return result switch
        {
            FetchResult.Fetched fetched => Read(fetched, query),
            FetchResult.Refused { Exchange.Status: 429 or 503 } refused => new OoniAnswer.Later(refused.RetryAfter ?? UsualWait),
            FetchResult.Refused refused => new OoniAnswer.Unusable(string.Create(CultureInfo.InvariantCulture, $"HTTP {refused.Exchange.Status}")),
            FetchResult.Failed failed => new OoniAnswer.Unusable(failed.Failure),
            _ => new OoniAnswer.Unusable("HTTP 304 to a request without condition"),
        };
    }

    private static OoniAnswer Read(FetchResult.Fetched fetched, OoniQuery query)
    {
        var rows = OoniJson.Read(fetched.Content, query.Field, out var problem);
        return problem is null ? new OoniAnswer.Read(rows, !IsUsedUp(fetched.Exchange.Header(Quota))) : new OoniAnswer.Unusable(problem);
    }

    /// <summary>A number; what is none says nothing.</summary>
    private static bool IsUsedUp(string? quota) => double.TryParse(quota, NumberStyles.Float, CultureInfo.InvariantCulture, out var left) && left <= 0;
}
