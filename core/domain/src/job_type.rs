//! What kind of job or education it is.

use crate::code_list::code_list;

code_list! {
    /// The terms of a job, apart because they are never counted together: only what is paid by an employer on ordinary
    /// terms is competitive employment (IPS-25, item 21; STAR: an ordinary workplace "frem for virksomhedspraktik").
    JobType {
        Competitive = "competitive", "ordinær ansættelse";
        Small = "small_job", "småjob";
        Flex = "flex_job", "fleksjob";
        WageSubsidy = "wage_subsidy", "løntilskud";
        WorkPractice = "work_practice", "virksomhedspraktik";
        RegularEducation = "regular_education", "uddannelse på ordinære vilkår";
        OtherEducation = "other_education", "anden uddannelse";
    }
}

impl JobType {
    /// Whether an employer pays ordinary wages for it: a *småjob* has few hours and is one.
    #[must_use]
    pub const fn is_competitive(&self) -> bool {
        matches!(self, JobType::Competitive | JobType::Small)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn praktik_and_subsidised_jobs_are_never_competitive() {
        let competitive: Vec<&str> = JobType::all().filter(|kind| kind.is_competitive()).map(JobType::code).collect();
        assert_eq!(competitive, ["competitive", "small_job"]);
        assert!(!JobType::from_code("hologram_job").is_competitive());
    }

    #[test]
    fn a_job_is_found_by_its_code_and_by_its_word() {
        assert_eq!(JobType::from_word(" Løntilskud"), Some(JobType::WageSubsidy));
        assert_eq!(JobType::from_word("small_job"), Some(JobType::Small));
        assert_eq!(JobType::from_word("job"), None);
        assert_eq!(JobType::from_code("hologram_job").code(), "hologram_job");
    }
}
