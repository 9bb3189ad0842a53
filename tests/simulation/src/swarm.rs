//! Which faults a life has and how often: a random subset at random rates, so that rare mixes come up too.

use feltbog_harness::Chance;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $usual:literal;)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// Every kind.
            pub const ALL: &[Fault] = &[$(Fault::$name),*];

            /// The word in a failure file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Fault::$name => $word,)* }
            }

            /// How many of ten thousand opportunities it takes at its middle rate.
            const fn usual(self) -> u64 {
                match self { $(Fault::$name => $usual,)* }
            }
        }
    };
}

faults! {
    /// A request never arrives.
    DropRequest = "drop_request", 500;
    /// The server did it, and the reply never comes: the half-open link.
    DropReply = "drop_reply", 500;
    /// Request or reply takes up to a minute.
    Delay = "delay", 2000;
    /// The request arrives twice.
    Duplicate = "duplicate", 500;
    /// A copy of the request arrives long after later ones.
    LateCopy = "late_copy", 400;
    /// For a while no request of a device arrives.
    DeafServer = "deaf_server", 150;
    /// For a while every request of a device arrives and no reply does.
    DeafDevice = "deaf_device", 150;
    /// A gateway answers in the server's place.
    Gateway = "gateway", 300;
    /// A reply arrives cut.
    CutReply = "cut_reply", 200;
    /// The server ends and starts again.
    ServerRestart = "server_restart", 150;
    /// An older copy of the server's database is put back.
    ServerRestore = "server_restore", 60;
    /// The server gives out tiny pages.
    TinyPages = "tiny_pages", 5000;
    /// The app ends while it waits.
    EndsWaiting = "ends_waiting", 300;
    /// The app ends before a commit.
    EndsBeforeCommit = "ends_before_commit", 200;
    /// The app ends right after a commit.
    EndsAfterCommit = "ends_after_commit", 200;
    /// The disk refuses once.
    DiskError = "disk_error", 200;
    /// The disk is full for a while.
    DiskFull = "disk_full", 150;
    /// A device's clock jumps by up to thirty days.
    ClockJump = "clock_jump", 150;
    /// A device's clock stands in 1970 or 2038.
    ClockFar = "clock_far", 100;
    /// Everybody is away for weeks: leases run out.
    LongAbsence = "long_absence", 30;
    /// The app is closed in good order and the newest code opens the home.
    Upgrade = "upgrade", 200;
}

/// The faults of one life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swarm {
    rates: Vec<(Fault, u64)>,
}

impl Swarm {
    /// Half of the kinds, each at a third of its middle rate, at it, or at three times it.
    #[must_use]
    pub fn of(chance: &mut Chance) -> Self {
        let mut rates = Vec::new();
        for fault in Fault::ALL {
            let (taken, factor) = (chance.below(2) == 0, *chance.one(&[1, 3, 9]));
            if taken {
                rates.push((*fault, (fault.usual() * factor / 3).min(9_000)));
            }
        }
        Self { rates }
    }

    /// No faults at all.
    #[must_use]
    pub fn calm() -> Self {
        Self { rates: Vec::new() }
    }

    /// These faults, at these rates of ten thousand.
    #[must_use]
    pub fn only(rates: &[(Fault, u64)]) -> Self {
        Self { rates: rates.to_vec() }
    }

    /// The same without one kind.
    #[must_use]
    pub fn without(mut self, fault: Fault) -> Self {
        self.rates.retain(|(kind, _)| *kind != fault);
        self
    }

    /// Whether a fault happens at this opportunity.
    pub(crate) fn strikes(&self, fault: Fault, chance: &mut Chance) -> bool {
        self.rates.iter().any(|(kind, rate)| *kind == fault && chance.below(10_000) < *rate)
    }

    /// Whether a kind is part of this life at all.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        self.rates.iter().any(|(kind, _)| *kind == fault)
    }

    /// Words and rates, as a failure file has them.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.rates.iter().map(|(fault, rate)| format!("fault {} {rate}\n", fault.word())).collect()
    }

    /// Reads one line of [`Self::to_text`] into this swarm; `false` when it is none.
    pub(crate) fn read_line(&mut self, line: &str) -> bool {
        let mut words = line.split(' ');
        let (Some("fault"), Some(word), Some(Ok(rate))) = (words.next(), words.next(), words.next().map(str::parse))
        else {
            return false;
        };
        let Some(fault) = Fault::ALL.iter().find(|fault| fault.word() == word) else { return false };
        self.rates.push((*fault, rate));
        true
    }
}
