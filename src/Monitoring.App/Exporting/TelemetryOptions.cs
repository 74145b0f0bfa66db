using System.ComponentModel.DataAnnotations;

namespace Monitoring.App.Exporting;

/// <summary>Where traces and metrics go. Section <c>Telemetry</c>. A collector's key is given as it is everywhere: <c>OTEL_EXPORTER_OTLP_HEADERS</c>.</summary>
internal sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The address of an OTLP receiver that speaks HTTP with protobuf, without <c>/v1/…</c>. Empty, the default: nothing is measured or sent.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>How often metrics are sent and queues are looked at. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https" }))
        {
            yield return new ValidationResult("An address such as http://127.0.0.1:4318/ is expected.", [nameof(OtlpEndpoint)]);
        }
    }
}
