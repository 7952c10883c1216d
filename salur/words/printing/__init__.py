"""Words about letters that Salur prints: at the office's desk, and for whoever scans one."""
