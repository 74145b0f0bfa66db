using System.ComponentModel.DataAnnotations;

namespace Monitoring.App.Hosting.Functions;

/// <summary>How functions run. Section <c>Functions</c>; it matters under the Functions host only.</summary>
internal sealed class FunctionsOptions
{
    /// <summary>
    /// After so long a function is cut off and reported as failed, so that the host tries it again. Shorter than <c>functionTimeout</c> in host.json: at that
    /// the host kills the process with everything that runs in it. Longer than what retention may take. Default 7 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(7);
}
