using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Refused access is told by what would mend it.</summary>
public sealed class AccessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private static readonly StorageCredential.SharedAccessSignature Signature = new("sv=2021-12-02&sig=" + FakeAccount.Secret);

    [Theory]
    [InlineData("Table.Insert", "Storage Table Data Contributor")]
    [InlineData("Blob.Put", "Storage Blob Data Contributor")]
    [InlineData("Blob.AcquireLease", "Storage Blob Data Contributor")]
    [InlineData("Queue.Put", "Storage Queue Data Contributor")]
    public async Task A_missing_role_is_named(string operation, string role)
    {
        var (message, place) = await RefusedAsync(operation, 403, "AuthorizationPermissionMismatch");

        Assert.Equal($"{place} refuses access (403 AuthorizationPermissionMismatch): the identity lacks the role {role}; a new role needs some minutes.", message);
    }

    [Theory]
    [InlineData(20, "20")]
    [InlineData(-20, "20")]
    [InlineData(60 * 24, "1440")]
    public async Task A_wrong_clock_is_told_with_how_wrong_it_is(int minutes, string told)
    {
        var (message, place) = await RefusedAsync("Table.Get", 403, "AuthenticationFailed", serviceTime: Now.AddMinutes(minutes));

        Assert.Equal($"{place} refuses access: this machine's clock is {told} minutes away from the service's. Set the clock.", message);
    }

    [Theory]
    [InlineData("Table.Get")]
    [InlineData("Blob.List")]
    [InlineData("Queue.Get")]
    public async Task A_wrong_key_is_told(string operation)
    {
        var (message, place) = await RefusedAsync(operation, 403, "AuthenticationFailed");

        Assert.Equal($"{place} refuses access (403 AuthenticationFailed): the account's key is wrong or was renewed.", message);
    }

    [Theory]
    [InlineData(403, "AuthenticationFailed", "the shared access signature is wrong, has expired or does not allow this.")]
    [InlineData(403, "AuthorizationFailure", "the account's network rules do not let this machine in, or the identity lacks the role Storage Table Data Contributor.")]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", "the account takes no keys: use an identity (Storage__AccountName).")]
    [InlineData(401, "NoAuthenticationInformation", "the shared access signature is wrong, has expired or does not allow this.")]
    public async Task Other_refusals_are_told(int status, string code, string why)
    {
        var (message, place) = await RefusedAsync("Table.Get", status, code, Signature);

        Assert.Equal($"{place} refuses access ({status} {code}): {why}", message);
    }

    [Fact]
    public async Task A_reason_that_stands_only_in_the_content_is_found()
    {
        const string Refusal = """<?xml version="1.0" encoding="utf-8"?><m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><m:code>AuthenticationFailed</m:code><m:message>Server failed.</m:message></m:error>""";
        await using var server = FakeStorage.Saying(new StorageReply.Answer(403, Refusal, Date(Now)));

        Assert.Contains("(403 AuthenticationFailed)", await RefusedAsync(server, "Table.Get", credential: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_that_is_refused_is_not_asked_for_again()
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(403, "", "x-ms-error-code: AuthenticationFailed", Date(Now)));

        await RefusedAsync(server, "Table.Get", credential: null);

        Assert.Single(server.Requests);
    }

    private static async Task<(string Message, string Place)> RefusedAsync(
        string operation, int status, string code, StorageCredential? credential = null, DateTimeOffset? serviceTime = null)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(status, "", $"x-ms-error-code: {code}", Date(serviceTime ?? Now)));
        return (await RefusedAsync(server, operation, credential), $"The {operation.Split('.')[0].ToLowerInvariant()} service 127.0.0.1:{server.Port}");
    }

    private static async Task<string> RefusedAsync(FakeStorage server, string operation, StorageCredential? credential)
    {
        using var account = new FakeAccount(FakeAccount.Somewhere(server.Port, credential: credential), time: new TestClock(Now));
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync(operation));
        Assert.Equal(StorageProblem.Denied, failure.Problem);
        Told.OneLineWithoutSecrets(failure);
        return failure.Message;
    }

    private static string Date(DateTimeOffset time) => $"Date: {time:R}";
}
