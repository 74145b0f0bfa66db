using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Web.Access;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

public sealed class AccessTests
{
    [Fact]
    public async Task On_loopback_no_token_is_asked_for()
    {
        await using var world = await SmallWorld.StartAsync();

        Assert.Contains("Overview", await world.PageAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1")]
    public async Task On_loopback_a_foreign_host_name_is_refused(string host)
    {
        await using var world = await SmallWorld.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/review");
        request.Headers.Host = host;

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1")]
    public async Task On_loopback_the_machines_own_names_are_served(string host)
    {
        await using var world = await SmallWorld.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/review");
        request.Headers.Host = host;

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("monitoring.example", "/review", HttpStatusCode.Unauthorized)]
    [InlineData("MONITORING.example", "/mails", HttpStatusCode.Unauthorized)]
    [InlineData("monitoring.example", "/unsubscribe/alerts/nobodys", HttpStatusCode.NotFound)]
    [InlineData("monitoring.example", "/healthz", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "/review", HttpStatusCode.OK)]
    [InlineData("evil.example", "/unsubscribe/alerts/nobodys", HttpStatusCode.BadRequest)]
    public async Task Behind_a_proxy_on_this_machine_its_public_name_demands_the_token(string host, string path, HttpStatusCode status)
    {
        await using var world = await SmallWorld.StartAsync(("Alerts__PublicUrl", "https://monitoring.example/"));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task The_token_opens_the_pages_under_their_public_name_too()
    {
        await using var world = await SmallWorld.StartAsync(("Alerts__PublicUrl", "https://monitoring.example/"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/review");
        request.Headers.Host = "monitoring.example";
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenOf(world).CreateOnceAsync(CancellationToken.None));

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/review")]
    [InlineData("/mails")]
    [InlineData("/evidence/measurement?name=x")]
    [InlineData("/not-found")]
    [InlineData("/operations")]
    public async Task On_any_other_address_everything_is_closed(string path)
    {
        await using var world = await OpenAsync();

        using var answer = await world.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/monitoring.css")]
    [InlineData("/access")]
    public async Task What_must_be_open_is_open(string path)
    {
        await using var world = await OpenAsync();

        using var answer = await world.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/access")]
    [InlineData("/unsubscribe/alerts/nobodys")]
    [InlineData("/unsubscribe/no/such/page")]
    public async Task Who_comes_by_an_open_door_is_not_told_what_waits_behind_the_others(string path)
    {
        await using var world = await OpenAsync();

        using var answer = await world.Client.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("<h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_access_changes_nothing()
    {
        await using var world = await OpenAsync();

        using var answer = await world.Client.PostAsync("/review/decide", new FormUrlEncodedContent([new("item", "a.b"), new("decision", "confirm")]));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_is_led_to_the_page_that_asks_and_back()
    {
        await using var world = await OpenAsync();
        var token = await TokenOf(world).CreateOnceAsync(CancellationToken.None);
        world.Client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        using var led = await world.Client.GetAsync("/sources?health=failing");
        using var entered = await world.PostAsync("/access", "/access", ("token", token!), ("to", "/sources?health=failing"));
        using var back = await world.Client.GetAsync(entered.Headers.Location);

        Assert.Equal("/access?to=%2Fsources%3Fhealth%3Dfailing", led.Headers.Location!.OriginalString);
        Assert.Equal(("/sources?health=failing", HttpStatusCode.OK), (entered.Headers.Location!.OriginalString, back.StatusCode));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("")]
    public async Task After_the_token_nobody_is_led_away(string to)
    {
        await using var world = await OpenAsync();
        var token = await TokenOf(world).CreateOnceAsync(CancellationToken.None);

        using var entered = await world.PostAsync("/access", "/access", ("token", token!), ("to", to));

        Assert.Equal("/", entered.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_wrong_token_opens_nothing()
    {
        await using var world = await OpenAsync();
        await TokenOf(world).CreateOnceAsync(CancellationToken.None);

        using var entered = await world.PostAsync("/access", "/access", ("token", "wrong"), ("to", "/"));
        using var after = await world.Client.GetAsync("/");

        Assert.StartsWith("/access?failed=1", entered.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Contains("This token is not the right one.", await world.PageAsync("/access?failed=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_stored_token_no_token_is_right()
    {
        await using var world = await OpenAsync();

        Assert.False(await TokenOf(world).IsRightAsync("", CancellationToken.None));
    }

    [Fact]
    public async Task The_bearer_header_opens_until_the_token_is_renewed()
    {
        await using var world = await OpenAsync();
        var token = await TokenOf(world).CreateOnceAsync(CancellationToken.None);
        world.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var before = await world.Client.GetAsync("/review");

        await TokenOf(world).RenewAsync(CancellationToken.None);
        using var after = await world.Client.GetAsync("/review");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_session_ends_when_the_token_is_renewed()
    {
        await using var world = await OpenAsync();
        var token = await TokenOf(world).CreateOnceAsync(CancellationToken.None);
        using var entered = await world.PostAsync("/access", "/access", ("token", token!), ("to", "/"));
        using var before = await world.Client.GetAsync("/");

        await TokenOf(world).RenewAsync(CancellationToken.None);
        using var after = await world.Client.GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task The_token_is_made_once_and_only_its_hash_is_kept()
    {
        await using var world = await OpenAsync();

        var first = await TokenOf(world).CreateOnceAsync(CancellationToken.None);
        var second = await TokenOf(world).CreateOnceAsync(CancellationToken.None);

        Assert.Null(second);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", first);
        Assert.NotEqual(first, await TokenOf(world).GetHashAsync(CancellationToken.None));
    }

    private static Task<SmallWorld> OpenAsync() => SmallWorld.StartAsync(("Web__Address", "0.0.0.0"));

    private static AccessToken TokenOf(SmallWorld world) => world.Station.Services.GetRequiredService<AccessToken>();
}
