using System.ComponentModel.DataAnnotations;

namespace Monitoring.App.Mailing;

/// <summary>How mail leaves the house. Section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    /// <summary>Pickup: each mail becomes an <c>.eml</c> file in a folder.</summary>
    [AllowedValues("Pickup")]
    public string Transport { get; set; } = "Pickup";

    /// <summary>The folder of the pickup transport; made if absent. Empty: <c>mail</c> in the data folder.</summary>
    public string PickupFolder { get; set; } = "";
}
