package feltbog.host

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import feltbog.HostException
import kotlinx.coroutines.Job

/** An exchange when the system finds it convenient. It may be stopped at any point and is gone on with by the next. */
class ExchangeJob : JobService() {
    private var exchange: Job? = null

    override fun onStartJob(job: JobParameters): Boolean {
        val host = application as FeltbogApplication
        exchange = host.core.begin { app ->
            val after = try {
                val outcome = app.runBackgroundSync(MOST_MS)
                host.reminders.plan(outcome.reminders)
                afterExchange(outcome.refused)
            } catch (refused: HostException.Refused) {
                afterRefusal(refused.code, refused.retryable)
            } catch (_: HostException) {
                AfterExchange.AGAIN
            }
            if (after == AfterExchange.ASK) Notices(this).show(after)
            jobFinished(job, after == AfterExchange.AGAIN)
        }
        return true
    }

    /** The core ends its exchange by itself; nobody waits for it any more. */
    override fun onStopJob(job: JobParameters): Boolean {
        exchange?.cancel()
        return true
    }

    companion object {
        /** Every few hours while there is a network. */
        fun plan(context: Context) {
            val scheduler = context.getSystemService(JobScheduler::class.java)
            if (scheduler.getPendingJob(OFTEN) == null) scheduler.schedule(wanted(context, OFTEN).setPeriodic(HOURS_4_MS).build())
        }

        /** Right after the person put the phone away, when the vault is still open. */
        fun soon(context: Context) {
            context.getSystemService(JobScheduler::class.java).schedule(wanted(context, SOON).setMinimumLatency(SHORTLY_MS).build())
        }

        private fun wanted(context: Context, id: Int) =
            JobInfo.Builder(id, ComponentName(context, ExchangeJob::class.java)).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)

        private const val OFTEN = 1
        private const val SOON = 2
        private const val SHORTLY_MS = 5_000L
        private const val HOURS_4_MS = 4 * 60 * 60 * 1000L

        /** A job has ten minutes; an exchange that takes longer than this is better gone on with later. */
        private const val MOST_MS = 120_000u
    }
}
