using System.Security.Cryptography;

namespace Monitoring.Storage.AzureStorage;

/// <summary>Marks of writes: 64 random bits, so that two writers do not come upon the same one.</summary>
internal static class WriteIds
{
    public static string Random() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
