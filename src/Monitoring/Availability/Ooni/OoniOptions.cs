using System.ComponentModel.DataAnnotations;

namespace Monitoring.Availability.Ooni;

/// <summary>Whether OONI's public measurements are read. Section <c>Ooni</c>.</summary>
public sealed class OoniOptions : IValidatableObject
{
    /// <summary>Reads once a day what OONI measured of the listed sites, in their countries. It tells OONI's server which sites are watched. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Where OONI's API answers. Default https://api.ooni.io/.</summary>
    public Uri Api { get; set; } = new("https://api.ooni.io/");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Api.IsAbsoluteUri || Api.Scheme is not ("http" or "https") || Api.Query.Length > 0)
        {
            yield return new ValidationResult("An absolute http or https address without query is expected.", [nameof(Api)]);
        }
    }
}
