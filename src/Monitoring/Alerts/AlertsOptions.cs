using System.ComponentModel.DataAnnotations;
using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>How people are told. Section <c>Alerts</c>.</summary>
public sealed class AlertsOptions : IValidatableObject
{
    /// <summary>The sender's address of all mails.</summary>
    [Required]
    [EmailAddress]
    public string From { get; set; } = "monitoring@localhost.localdomain";

    /// <summary>The sender's name.</summary>
    [Required]
    public string FromName { get; set; } = "Monitoring";

    /// <summary>Where our pages are reached from outside. Empty: mails carry no links to them and are complete in themselves.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Addresses of those who run the program, with a semicolon between: told when a job has stopped or an address refuses mail. Empty: nobody is.</summary>
    public string Operators { get; set; } = "";

    public IReadOnlyList<string> OperatorAddresses => Operators.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Most mails at once that a recipient gets in an hour, unless the recipient says otherwise; what comes beyond them is one mail. Default 20.</summary>
    [Range(Recipient.FewestPerHour, Recipient.MostMailsPerHour)]
    public int MostPerHour { get; set; } = 20;

    /// <summary>A mail that has been "sending" for so long was left by a dead process and is sent again with the same id. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SendingAtMost { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!From.All(char.IsAscii))
        {
            yield return new ValidationResult("A mail address in ASCII is expected: with any other no server takes the mails.", [nameof(From)]);
        }

        if (OperatorAddresses.Any(address => !new EmailAddressAttribute().IsValid(address) || address.Any(c => char.IsControl(c) || c is ' ' or ',' or '<' or '>')))
        {
            yield return new ValidationResult("Mail addresses with a semicolon between are expected.", [nameof(Operators)]);
        }
    }
}
