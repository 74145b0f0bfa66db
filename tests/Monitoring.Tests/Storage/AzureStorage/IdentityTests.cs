using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Access by an identity: tokens are had once, replaced when the service calls them expired, and their absence is told.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string Challenge = "WWW-Authenticate: Bearer authorization_uri=https://login.test/tenant/oauth2/authorize resource_id=https://storage.azure.com";

    /// <summary>Asks for a token that fulfils claims (here <c>{"a":1}</c>), as a revoked one has to.</summary>
    private const string Revoked = "WWW-Authenticate: Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task One_token_serves_many_requests()
    {
        var tokens = new Tokens("first");
        await using var server = Serve("first");
        using var account = Account(server, tokens);

        await account.RunAsync("Table.Insert");
        await account.RunAsync("Table.Insert");

        Assert.Single(tokens.Asked);
        Assert.All(tokens.Asked, asked => Assert.Equal(["https://storage.azure.com/.default"], asked.Scopes));
        Assert.All(server.Requests, request => Assert.Equal("Bearer first", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_token_that_the_service_calls_expired_is_replaced()
    {
        var tokens = new Tokens("first", "second");
        await using var server = Serve("second");
        using var account = Account(server, tokens);

        Assert.Equal(AddResult.Added, await account.Table.AddAsync(FakeAccount.Row(), CancellationToken.None));
        Assert.Equal(["Bearer first", "Bearer second"], server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_by_one_with_the_claims_that_the_service_names()
    {
        var tokens = new Tokens("first", "second");
        await using var server = Serve("second", Revoked);
        using var account = Account(server, tokens);

        Assert.Equal(AddResult.Added, await account.Table.AddAsync(FakeAccount.Row(), CancellationToken.None));
        Assert.Equal(["", """{"a":1}"""], tokens.Asked.Select(asked => asked.Claims ?? ""));
    }

    [Fact]
    public async Task A_token_that_is_always_refused_is_told_in_one_line()
    {
        var tokens = new Tokens("first", "second", "third");
        await using var server = Serve("none of them");
        using var account = Account(server, tokens);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync("Table.Insert"));

        Assert.Equal(StorageProblem.Denied, failure.Problem);
        Assert.Equal(
            $"The table service localhost:{server.Port} refuses access (401 InvalidAuthenticationInfo): the identity is not known to it, or lacks the role Storage Table Data Contributor.",
            failure.Message);
        Assert.Equal(2, server.Requests.Count);
        Told.OneLineWithoutSecrets(failure);
    }

    [Fact]
    public async Task A_token_that_stays_the_same_is_not_sent_again()
    {
        await using var server = Serve("none");
        using var account = Account(server, new Tokens("first"));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync("Table.Insert"));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_machine_without_an_identity_is_told_what_to_do()
    {
        await using var server = Serve("first");
        using var account = Account(server, new Tokens());

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync("Queue.Get"));

        Assert.Equal(StorageProblem.Denied, failure.Problem);
        Assert.Equal(
            $"The queue service localhost:{server.Port}: no identity could be had. Sign in (az login), or give this program a managed identity, or set Storage__ConnectionString.",
            failure.Message);
        Assert.Empty(server.Requests);
        Told.OneLineWithoutSecrets(failure);
    }

    [Fact]
    public async Task A_lost_answer_is_read_back_with_an_identity_too()
    {
        var writeId = "";
        await using var server = new FakeStorage(
            request => Task.FromResult<StorageReply>(request switch
            {
                { Method: "POST" } when writeId.Length == 0 => Lose(request),
                { Method: "POST" } => new StorageReply.Answer(409, "", "x-ms-error-code: EntityAlreadyExists"),
                _ => new StorageReply.Answer(200, $$"""{"PartitionKey":"partition","RowKey":"{{FakeAccount.SecretRow}}","WriteId":"{{writeId}}","odata.etag":"W/\"1\""}"""),
            }),
            _authority.For("localhost"));
        using var account = Account(server, new Tokens("first"));

        Assert.Equal(AddResult.Added, await account.Table.AddAsync(FakeAccount.Row(), CancellationToken.None));

        StorageReply Lose(StorageRequest request)
        {
            using var row = System.Text.Json.JsonDocument.Parse(request.Body);
            writeId = row.RootElement.GetProperty(EntityJson.WriteId).GetString()!;
            return new StorageReply.Broken();
        }
    }

    private FakeStorage Serve(string accepted, string challenge = Challenge) => new(
        request => Task.FromResult<StorageReply>(request.Headers["Authorization"] == $"Bearer {accepted}"
            ? new StorageReply.Answer(204, "", "ETag: W/\"1\"")
            : new StorageReply.Answer(401, "", "x-ms-error-code: InvalidAuthenticationInfo", challenge)),
        _authority.For("localhost"));

    private FakeAccount Account(FakeStorage server, TokenCredential tokens)
    {
        var sockets = new SocketsHttpHandler();
        sockets.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _authority.Root },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        var endpoint = new Uri($"https://localhost:{server.Port}");
        return new FakeAccount(
            new StorageAccount(endpoint, endpoint, endpoint, new StorageCredential.Identity(tokens)),
            new StorageClientOptions { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(1), Transport = new HttpClientTransport(sockets) });
    }

    /// <summary>Gives the tokens one after the other, the last one again and again; fails if it has none.</summary>
    private sealed class Tokens(params string[] tokens) : TokenCredential
    {
        public List<TokenRequestContext> Asked { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked.Add(requestContext);
            return tokens.Length > 0
                ? ValueTask.FromResult(new AccessToken(tokens[Math.Min(Asked.Count, tokens.Length) - 1], DateTimeOffset.UtcNow.AddHours(1)))
                : throw new CredentialUnavailableException("No identity here.");
        }
    }
}
