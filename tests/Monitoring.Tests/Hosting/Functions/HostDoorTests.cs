using System.Net;
using System.Text;
using Monitoring.App.Web.Access;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>Visitors come through the same door as the host, and may send every header the host sends.</summary>
public sealed class HostDoorTests : IAsyncLifetime
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly (string, string)[] Forged =
    [
        ("x-ms-invocation-id", "1"), ("X-Azure-Functions-InvocationId", "0b1e0d9c-7d6e-4b1c-9f55-3a4d8c1e2f00"), ("X-Azure-Functions-HostVersion", "4.1040.0"), ("User-Agent", "Azure-Functions-Host/4.1040.0"),
    ];

    private HandlerKit? _kit;

    private HandlerKit Kit => _kit ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync() => _kit = await HandlerKit.StartAsync(new TestClock(), ("EasyAuth__TenantId", Tenant), ("Web__AccessToken", Token));

    public Task DisposeAsync() => Kit.DisposeAsync().AsTask();

    [Fact]
    public async Task The_probe_is_answered_without_a_token()
    {
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("/"));
    }

    [Theory]
    [InlineData("PollFeeds")]
    [InlineData("pollfeeds")]
    [InlineData("VisitSource")]
    public async Task A_visitor_finds_no_function_whatever_headers_are_forged(string function)
    {
        Assert.Equal(404, (await Kit.PostAsync(function, "{}", [.. Forged, ("Authorization", $"Bearer {Token}")])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/{function}", Forged)).Status);
        Assert.Empty(await Kit.Station.Get<Monitoring.Work.JobLog>().ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/review")]
    [InlineData("/PollFeeds/")]
    [InlineData("//PollFeeds")]
    public async Task The_pages_are_closed_to_a_visitor_without_a_token(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(path, Forged)).Status);
    }

    [Fact]
    public async Task The_token_opens_the_pages_also_at_the_root()
    {
        var (status, page) = await GetAsync("/", [.. Forged, ("Authorization", $"Bearer {Token}")]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Overview", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tid", Tenant, "aad", HttpStatusCode.OK)]
    [InlineData("http://schemas.microsoft.com/identity/claims/tenantid", Tenant, "aad", HttpStatusCode.OK)]
    [InlineData("tid", "11111111-2222-3333-4444-555555555556", "aad", HttpStatusCode.Unauthorized)]
    [InlineData("tid", Tenant, "google", HttpStatusCode.Unauthorized)]
    [InlineData("oid", Tenant, "aad", HttpStatusCode.Unauthorized)]
    public async Task A_principal_of_the_tenant_may_enter_and_no_other(string claim, string value, string provider, HttpStatusCode expected)
    {
        var principal = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"auth_typ":"{{provider}}","claims":[{"typ":"{{claim}}","val":"{{value}}"}],"name_typ":"n","role_typ":"r"}"""));

        Assert.Equal(expected, (await GetAsync("/review", [.. Forged, (EasyAuthOptions.Header, principal)])).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("e30=")] // {}
    [InlineData("W10=")] // []
    [InlineData("bnVsbA==")] // null
    [InlineData("eyJjbGFpbXMiOlsxXX0=")] // {"claims":[1]}
    public async Task A_principal_that_is_none_admits_nobody(string principal)
    {
        Assert.False(new EasyAuthOptions { TenantId = Tenant }.Admits(principal));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/review", [.. Forged, (EasyAuthOptions.Header, principal)])).Status);
    }

    [Fact]
    public void Without_the_setting_a_principal_says_nothing()
    {
        var principal = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"auth_typ":"aad","claims":[{"typ":"tid","val":"{{Tenant}}"}]}"""));

        Assert.True(new EasyAuthOptions { TenantId = Tenant }.Admits(principal));
        Assert.False(new EasyAuthOptions().Admits(principal));
        Assert.False(new EasyAuthOptions { TenantId = Tenant }.Admits(new[] { principal, principal }));
    }

    [Fact]
    public async Task A_reference_to_a_vault_that_nobody_resolved_is_no_token()
    {
        const string Reference = "@Microsoft.KeyVault(SecretUri=https://press.vault.azure.net/secrets/access-token)";
        await using var kit = await HandlerKit.StartAsync(new TestClock(), ("Web__AccessToken", Reference));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/review") { Headers = { { "x-ms-invocation-id", "1" }, { "Authorization", $"Bearer {Reference}" } } };

        using var answer = await kit.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Kit.Client.BaseAddress!.AbsoluteUri.TrimEnd('/') + path));
        Array.ForEach(headers, header => request.Headers.TryAddWithoutValidation(header.Name, header.Value));
        using var answer = await Kit.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
