using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Mailing;

public sealed class PickupTransportTests
{
    [Fact]
    public async Task A_mail_is_one_file_named_after_its_id_and_the_folder_is_made()
    {
        using var folder = new TempFolder();

        var result = await SendAsync(folder.File("mail/out"), MimeWriterTests.Mail);

        Assert.Equal(new DeliveryResult.Sent(), result);
        var file = Assert.Single(Directory.GetFiles(folder.File("mail/out")));
        Assert.Equal("0123456789abcdef0123456789abcdef.eml", Path.GetFileName(file));
        Assert.Equal(MimeWriter.Write(MimeWriterTests.Mail), await File.ReadAllTextAsync(file, Encoding.ASCII));
    }

    [Fact]
    public async Task Sending_again_leaves_one_file_of_the_last_attempt()
    {
        using var folder = new TempFolder();
        await SendAsync(folder.Path, MimeWriterTests.Mail with { Text = new string('x', 5000) });

        await SendAsync(folder.Path, MimeWriterTests.Mail);

        Assert.Equal(MimeWriter.Write(MimeWriterTests.Mail), await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    [Fact]
    public async Task What_a_dead_process_left_half_written_is_replaced()
    {
        using var folder = new TempFolder();
        folder.Write(MimeWriterTests.Mail.Id + ".eml.part", new string('x', 100_000));

        await SendAsync(folder.Path, MimeWriterTests.Mail);

        Assert.Equal(MimeWriter.Write(MimeWriterTests.Mail), await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_an_answer()
    {
        using var folder = new TempFolder();
        var file = folder.Write("mail", "a file stands where the folder should be");

        Assert.Equal(new DeliveryResult.Failed("the pickup folder cannot be written (IOException)"), await SendAsync(file, MimeWriterTests.Mail));
    }

    [Fact]
    public async Task A_file_that_cannot_be_replaced_is_an_answer_without_the_path()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File(MimeWriterTests.Mail.Id + ".eml"));

        var failed = Assert.IsType<DeliveryResult.Failed>(await SendAsync(folder.Path, MimeWriterTests.Mail));

        Assert.StartsWith("the pickup folder cannot be written (", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_being_written_elsewhere_is_tried_later()
    {
        using var folder = new TempFolder();
        await using var other = new FileStream(folder.File(MimeWriterTests.Mail.Id + ".eml.part"), FileMode.Create, FileAccess.Write, FileShare.None);

        Assert.Equal(new DeliveryResult.Failed("the pickup folder cannot be written (IOException)"), await SendAsync(folder.Path, MimeWriterTests.Mail));
    }

    [Fact]
    public async Task An_attempt_that_is_cancelled_leaves_no_mail()
    {
        using var folder = new TempFolder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new PickupTransport(folder.Path).SendAsync(MimeWriterTests.Mail, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFiles(folder.Path, "*.eml"));
    }

    private static Task<DeliveryResult> SendAsync(string folder, OutgoingMail mail) => new PickupTransport(folder).SendAsync(mail, CancellationToken.None);
}
