using System.Net;
using System.Security.Cryptography;
using System.Text;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

/// <summary>What readers, a provider and operators do about mails, as a browser, a mail program and the provider would.</summary>
public sealed class MailPagesTests : IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private SmallWorld _world = null!;

    private RecipientStates States => _world.Station.Get<RecipientStates>();

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync(("Mail__SendGridWebhookKey", Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo())));
        await _world.LiveAsync();
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task A_look_at_the_way_out_ends_nothing_and_one_click_of_a_mail_program_ends_that_list_alone()
    {
        var path = $"/unsubscribe/alerts/{(await StateAsync()).Token}";
        Assert.Contains("Пока ничего не изменилось.", await _world.PageAsync(path), StringComparison.Ordinal);
        Assert.Null((await StateAsync()).AlertsStopped);

        using var click = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        using var answer = await _world.Client.PostAsync(path, click);

        Assert.Equal((HttpStatusCode.OK, "unsubscribed"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal((_world.Clock.GetUtcNow(), null), ((await StateAsync()).AlertsStopped, (await StateAsync()).DigestsStopped));
        Assert.Contains("Вы больше не получаете срочных писем.", await _world.PageAsync(path), StringComparison.Ordinal);
        Assert.Contains("Unsubscribed", await _world.PageAsync("/mails"), StringComparison.Ordinal);

        using var resumed = await _world.PostAsync("/mails", "/mails/resume", ("recipient", "recipient-1"));
        Assert.Null((await StateAsync()).AlertsStopped);
    }

    [Fact]
    public async Task A_story_is_muted_by_the_form_of_its_link()
    {
        var path = $"/unsubscribe/alerts/{(await StateAsync()).Token}";
        Assert.Contains("Больше не сообщать об этой истории", await _world.PageAsync(path + "?mute=story.1"), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("page", "1"), KeyValuePair.Create("mute", "story.1")]);

        using var answer = await _world.Client.PostAsync(path, form);

        Assert.Equal($"{path}?done=muted", answer.Headers.Location!.ToString());
        Assert.True(await States.IsMutedAsync("recipient-1", "story.1", CancellationToken.None));
        Assert.Null((await StateAsync()).AlertsStopped);
        Assert.Contains("href=\"/stories/1\">A story</a>", await _world.PageAsync("/watchlist/recipient/recipient-1"), StringComparison.Ordinal);

        using var again = await _world.PostAsync("/watchlist/recipient/recipient-1", "/mails/unmute", ("recipient", "recipient-1"), ("mute", "story.1"));
        Assert.False(await States.IsMutedAsync("recipient-1", "story.1", CancellationToken.None));
    }

    [Fact]
    public async Task Operations_list_what_was_mailed_and_nobody_reviewed_for_a_day()
    {
        const string None = "an editor has looked at everything that was mailed a day ago or earlier";
        Assert.Contains(None, await _world.PageAsync("/operations"), StringComparison.Ordinal);
        _world.Clock.Advance(TimeSpan.FromHours(25));

        var waiting = System.Text.RegularExpressions.Regex.Match(await _world.PageAsync("/operations"), "<a href=\"/items/([^\"]+)\">[^<]*: Мирас Кыранбеков</a>, mailed");
        Assert.True(waiting.Success);
        using var judged = await _world.PostAsync("/review", "/review/decide", ("item", waiting.Groups[1].Value), ("decision", "dismiss"));
        await _world.Station.CycleAsync();

        Assert.Contains(None, await _world.PageAsync("/operations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mails_of_one_recipient_are_listed_and_a_mail_says_which_rule_chose_it()
    {
        var mail = (await MailsAsync()).First(mail => mail.Kind is MailKind.Alert);

        Assert.Contains(mail.Key, await _world.PageAsync("/mails?to=recipient-1"), StringComparison.Ordinal);
        Assert.Contains("No mail has been written yet to this recipient", await _world.PageAsync("/mails?to=recipient-2"), StringComparison.Ordinal);
        Assert.Contains("To the recipient: you asked to be told", await _world.PageAsync($"/mails/{mail.Key}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/unsubscribe/alerts/nobodys")]
    [InlineData("/unsubscribe/alerts/..%2f..")]
    [InlineData("/unsubscribe/everything/x")]
    public async Task A_token_that_is_nobodys_leads_nowhere(string path)
    {
        using var looked = await _world.Client.GetAsync(path);
        using var posted = await _world.Client.PostAsync(path, content: null);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (looked.StatusCode, posted.StatusCode));
    }

    [Fact]
    public async Task Signed_events_are_taken_and_all_others_are_not()
    {
        var mail = (await MailsAsync()).First(mail => mail.Kind is MailKind.Alert);
        var now = _world.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = $"[{{\"event\":\"bounce\",\"type\":\"bounce\",\"monitoring_id\":\"{mail.Key}\",\"sg_event_id\":\"e1\",\"timestamp\":{now}}}]\r\n";

        Assert.Equal(HttpStatusCode.Unauthorized, await PostEventsAsync(body, signs: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostEventsAsync(body + " ", signs: body));
        Assert.Equal(HttpStatusCode.BadRequest, await PostEventsAsync("{}", signs: "{}"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostEventsAsync(new string('x', 1_100_000), signs: "x"));
        Assert.Equal(MailState.Sent, (await FindAsync(mail.Key)).State);

        Assert.Equal(HttpStatusCode.OK, await PostEventsAsync(body, signs: body));

        Assert.Equal((MailState.Failed, "bounced"), ((await FindAsync(mail.Key)).State, (await FindAsync(mail.Key)).Reason));
        Assert.NotNull((await StateAsync()).Suspended);
        Assert.Contains("Suspended", await _world.PageAsync("/mails"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_sent_once_more_and_a_test_mail_is_written_when_somebody_asks()
    {
        var mail = (await MailsAsync()).First(mail => mail.Kind is MailKind.Alert);

        using var again = await _world.PostAsync($"/mails/{mail.Key}", "/mails/resend", ("mail", mail.Key));
        Assert.Contains("It%20is%20being%20sent%20once%20more.", again.Headers.Location!.ToString(), StringComparison.Ordinal);
        await _world.Station.CycleAsync();
        using var test = await _world.PostAsync("/mails", "/mails/test", ("recipient", "recipient-1"));

        Assert.Equal((MailState.Sent, true), ((await FindAsync(mail.Key)).State, (await FindAsync(mail.Key)).IsRepeat));
        Assert.Contains("asked for once more", await _world.PageAsync($"/mails/{mail.Key}"), StringComparison.Ordinal);
        Assert.Contains("Пробное письмо", await _world.PageAsync(test.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Mail>> MailsAsync() => (await _world.Station.Get<Outbox>().ListAsync(after: null, take: 50, CancellationToken.None)).Mails;

    private async Task<Mail> FindAsync(string key) => (await _world.Station.Get<Outbox>().GetAsync(key, CancellationToken.None))!;

    private Task<RecipientState> StateAsync() => States.GetAsync("recipient-1", CancellationToken.None);

    private async Task<HttpStatusCode> PostEventsAsync(string body, string? signs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/sendgrid") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signs is not null)
        {
            var timestamp = _world.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            var signature = _key.SignData(Encoding.UTF8.GetBytes(timestamp + signs), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            request.Headers.Add(SendGridSignature.SignatureHeader, Convert.ToBase64String(signature));
            request.Headers.Add(SendGridSignature.TimestampHeader, timestamp);
        }

        using var answer = await _world.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
