using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.App.Mailing;

/// <summary>An address as it stands in mails and is given to servers: ASCII, the domain of another script in its ASCII form (RFC 5891).</summary>
internal static partial class MailAddressText
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <returns>Null if it cannot be written so: a local part in another script needs servers that few readers have (RFC 6531).</returns>
    public static string? ToAscii(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || !LocalPart().IsMatch(address[..at]))
        {
            return null;
        }

        try
        {
            return address[..(at + 1)] + Idn.GetAscii(address[(at + 1)..]).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Words with stops between, or a quoted string (RFC 5321 section 4.1.2).</summary>
    [GeneratedRegex("""^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[ !#-\[\]-~]|\\[ -~])*")\z""")]
    private static partial Regex LocalPart();

    /// <summary>Why a mail to such an address is refused.</summary>
    public const string Refusal = "the address cannot be written in ASCII";
}
