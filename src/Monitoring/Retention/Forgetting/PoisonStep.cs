using Monitoring.Work;

namespace Monitoring.Retention.Forgetting;

/// <summary>Messages that were given up and are about the person: nobody will try them again.</summary>
public sealed class PoisonStep(PoisonStore poison) : IForgetStep
{
    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        await foreach (var message in poison.ListAsync(cancellationToken))
        {
            if (run.Erasure.IsIn(message.Body))
            {
                run.Count("messages that were given up");
                await (run.Apply ? poison.RemoveAsync(message.Id, cancellationToken) : Task.CompletedTask);
            }
        }
    }
}
