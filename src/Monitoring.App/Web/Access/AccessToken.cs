using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Monitoring.App.Hosting;
using Monitoring.Storage;

namespace Monitoring.App.Web.Access;

/// <summary>
/// The token that opens the pages where they can be reached from other machines. Only its hash is kept: table <c>Access</c>, one row. Who has the
/// hash cannot find the token, which is 256 random bits. A token in the settings takes its place.
/// </summary>
internal sealed class AccessToken(ITables tables, WebOptions web)
{
    private static readonly EntityKey Key = new("access", "token");

    private readonly IEntityTable _access = tables.Open("Access");

    /// <summary>Makes the token if there is none yet. The token, which is told this once; null if there was one.</summary>
    public async Task<string?> CreateOnceAsync(CancellationToken cancellationToken)
    {
        var token = Make();
        return web.AccessToken.Length == 0 && await _access.AddAsync(Row(token), cancellationToken) is AddResult.Added ? token : null;
    }

    /// <summary>Makes a new token; the old one and all sessions opened with it end.</summary>
    public async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        var token = Make();
        await _access.PutAsync(Row(token), cancellationToken);
        return token;
    }

    /// <summary>Compares in constant time. Without a stored token nothing is right.</summary>
    public async Task<bool> IsRightAsync(string token, CancellationToken cancellationToken)
    {
        var stored = await GetHashAsync(cancellationToken);
        return stored is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored), Encoding.ASCII.GetBytes(Hash(token)));
    }

    /// <summary>What a session is bound to.</summary>
    public async Task<string?> GetHashAsync(CancellationToken cancellationToken) =>
        web.IsTokenUnresolved ? null
        : web.AccessToken.Length > 0 ? Hash(web.AccessToken)
        : (await _access.GetAsync(Key, columns: null, cancellationToken))?.GetText("Hash");

    private static Entity Row(string token) => new Entity(Key).Set("Hash", Hash(token));

    private static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
