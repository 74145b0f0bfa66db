using Monitoring.Storage;

namespace Monitoring.Tests.Support;

/// <summary>What a failure of storage may say to an operator.</summary>
internal static class Told
{
    /// <summary>One line, with no key of a row, no secret and no token, however deep.</summary>
    public static void OneLineWithoutSecrets(StorageUnavailableException failure)
    {
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains(failure.Message[^1], ".?");
        var everything = failure.ToString();
        Assert.All([FakeAccount.SecretRow, FakeAccount.Secret, "sig=", "Bearer ", "SharedKey"], secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
    }
}
