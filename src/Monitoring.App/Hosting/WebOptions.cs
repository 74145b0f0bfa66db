using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Monitoring.App.Hosting;

/// <summary>Where the pages are served. Section <c>Web</c>.</summary>
internal sealed class WebOptions : IValidatableObject
{
    /// <summary>An IP address. On any other than a loopback address the pages demand the access token. Default 127.0.0.1.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one. Default 7071.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 7071;

    /// <summary>The zone in which pages tell times: an IANA name. Default UTC.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The access token, at least 32 characters; a secret. Empty: the one that the program made and keeps the hash of.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>The platform leaves a reference to a vault as it is if it cannot read the secret. Everybody could guess it, so it is no token.</summary>
    public bool IsTokenUnresolved => AccessToken.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase);

    public IPAddress ParsedAddress => IPAddress.Parse(Address);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return new ValidationResult("An IP address such as 127.0.0.1 or 0.0.0.0 is expected.", [nameof(Address)]);
        }

        if (AccessToken.Length is > 0 and < 32)
        {
            yield return new ValidationResult("At least 32 characters are expected.", [nameof(AccessToken)]);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult("An IANA time zone such as Asia/Almaty is expected.", [nameof(TimeZone)]);
        }
    }
}
