//! Systems where attuned cannot start itself at login yet.

use super::{Env, LoginError, LoginMethod, Report, Status};

pub(super) fn enable(_env: &Env, _daemon_runs: bool) -> Result<Report, LoginError> {
    Err(LoginError::Unsupported)
}

pub(super) fn disable(_env: &Env) -> Result<Report, LoginError> {
    Err(LoginError::Unsupported)
}

pub(super) fn status(_env: &Env) -> Status {
    Status {
        method: LoginMethod::None,
        warnings: Vec::new(),
    }
}
