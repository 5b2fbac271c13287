"""Long work in the background: asked for once, shared by every process of a server, seen and ended from the page."""

from dashboard.jobs.job import Job, Kind, Tell, Work, job_id, job_query
from dashboard.jobs.shelf import Shelf, jobs_folder

__all__ = ["Job", "Kind", "Shelf", "Tell", "Work", "job_id", "job_query", "jobs_folder"]
