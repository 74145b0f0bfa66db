using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Monitoring.App.Web.Access;

/// <summary>
/// Whom the platform vouches for ("Easy Auth"). Section <c>EasyAuth</c>. Its header can be trusted only where the platform removes forged ones, which it does
/// when Easy Auth is on: hence the setting, and only behind the Functions host.
/// </summary>
internal sealed class EasyAuthOptions : IValidatableObject
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string LongTenantClaim = "http://schemas.microsoft.com/identity/claims/tenantid";

    /// <summary>The Microsoft Entra tenant whose people may see the pages: a GUID. Empty: Easy Auth is off, and the header says nothing. Default empty.</summary>
    public string TenantId { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TenantId.Length == 0 || Guid.TryParse(TenantId, out _) ? [] : [new ValidationResult("A GUID is expected: the directory (tenant) id of Microsoft Entra.", [nameof(TenantId)])];

    /// <summary>True if the header is one principal of the tenant. Never throws: whatever else it is, it admits nobody.</summary>
    public bool Admits(StringValues header)
    {
        if (TenantId.Length == 0 || header is not [{ Length: > 0 } text])
        {
            return false;
        }

        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(text));
            var tenants = principal.RootElement.GetProperty("claims").EnumerateArray().Where(IsTenant).Select(claim => claim.GetProperty("val").GetString()).ToList();
            return principal.RootElement.GetProperty("auth_typ").GetString() == "aad" && tenants.Count > 0
                && tenants.TrueForAll(tenant => Guid.TryParse(tenant, out var id) && id == Guid.Parse(TenantId));
        }
        catch (Exception forged) when (forged is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsTenant(JsonElement claim) => claim.GetProperty("typ").GetString() is "tid" or LongTenantClaim;
}
